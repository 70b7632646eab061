// What every page gains with JavaScript; without it every page still works.
import { initAll } from "./nhsuk/nhsuk-frontend.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

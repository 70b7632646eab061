"""A researcher: protected figures of all practices, without names of people and without arms."""

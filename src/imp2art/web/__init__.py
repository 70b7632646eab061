"""The site: one package per audience over shared design and accounts."""

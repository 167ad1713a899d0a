"""What each command of `counterclaim` does, a module for those that belong together; `cli` puts them on the command line."""

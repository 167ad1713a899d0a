"""The pages, a file a page."""

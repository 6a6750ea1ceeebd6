"""Parts of pages: what more than one page shows, or what a page would be too long with."""

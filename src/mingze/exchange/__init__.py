"""Exchange: files and formats that come in and go out."""

"""What answers the desk's addresses: the request in, the register asked, a page model drawn."""

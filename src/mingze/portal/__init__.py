"""What residents and businesses see: pages that say who must act, until when, and how anyone can check it."""

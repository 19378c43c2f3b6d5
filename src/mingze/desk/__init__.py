"""What staff work with: the inbox, a case with exactly the actions its procedure allows, and the review of documents."""

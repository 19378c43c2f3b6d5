"""Small changes to the arithmetic of days and to the checker, and the tests that must notice each of them."""

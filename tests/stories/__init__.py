"""The stories of the people who use Mingze, told in a real browser against a real server."""

"""How often a stranger may try: counted per address, in Redis as soon as several processes share the counts."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, strategy="moving-window")
SIGN_IN_PER_NAME = "10 per 5 minutes"
SIGN_IN_PER_ADDRESS = "100 per 5 minutes"  # A whole office may sign in from one address.
JDIH_PER_ADDRESS = "300 per minute"  # The public pages, their files and feeds together.

"""How often a stranger may try: counted per address, in Redis as soon as several processes share the counts."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, strategy="moving-window")
SIGN_IN_PER_NAME = "10 per 5 minutes"
SIGN_IN_PER_ADDRESS = "100 per 5 minutes"  # A whole office may sign in from one address.
LOOKS = "120 per minute"  # at a verification page: a village may share one address
CHECKS = "20 per 5 minutes"  # of a file by a stranger: each is a program's start
SIGNINGS = "20 per 5 minutes"  # a passphrase is not to be guessed from here
JDIH_PER_ADDRESS = "300 per minute"  # The public pages, their files and feeds together.
FEEDS_PER_ADDRESS = "120 per minute"  # A whole office's calendars may ask from one address, and a token is 128 bits.
HAND_INS = "30 per 5 minutes"  # by links without an account: an office mends its table a few times

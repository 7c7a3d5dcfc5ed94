"""RFC 6238 with the parameters that authenticator apps assume."""

import base64
import hashlib
import hmac
import struct


def totp(secret, seconds):
    """The six digits for a secret in base32 at a time in seconds since the epoch."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", seconds // 30), hashlib.sha1).digest()
    number = struct.unpack_from(">I", digest, digest[-1] & 15)[0] & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}"

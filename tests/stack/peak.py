"""A caller that does as the documentation says when a busy server sheds its call: it calls again."""

import grpc

from .wait import until

# What a service tells, where another or its database did not answer in time; a connection that cannot be made has other words.
LATE = ("UNAVAILABLE", "DEADLINE_EXCEEDED")


def after_the_peak(call, seconds=20, lives=lambda: False):
    """The answer of `call`, which is made again while whoever is asked is overloaded, or has waited in vain though everybody `lives`; raises what
    `call` raises otherwise, GaveUp after `seconds`."""
    def attempt():
        try:
            return (call(),)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.RESOURCE_EXHAUSTED and not (error.details() in LATE and lives()):
                raise
            return None
    return until(attempt, seconds, "an answer after the peak")[0]

"""A caller that does as the documentation says when a busy server sheds its call: it calls again."""

import grpc

from .wait import until


def after_the_peak(call, seconds=10):
    """The answer of `call`, which is made again while whoever is asked is overloaded; raises what `call` raises otherwise, GaveUp after `seconds`."""
    def attempt():
        try:
            return (call(),)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.RESOURCE_EXHAUSTED:
                raise
            return None
    return until(attempt, seconds, "an answer after the peak")[0]

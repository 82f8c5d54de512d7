"""What the check of session and ticket costs a request: CPU of the same small work with and without, at one rate.

What the processes keep is in the figures: of a ticket, that it was verified; it is verified anew, and got by the gateway, every two minutes."""

import statistics

from .generators import cpu, show

ROUNDS = 3


def compared(load, program, dearer, cheaper, processes):
    """Measures two requests in turn at half the rate that the dearer one reaches; returns a report of each, and the medians of what the first
    costs more in `processes`, in microseconds and as a ratio."""
    rate = load.run(program, **dearer())["rate"] / 2
    differences, ratios = [], []
    for _ in range(ROUNDS):
        with_it, without = load.run(program, rate=rate, **dearer()), load.run(program, rate=rate, **cheaper())
        differences.append(cpu(with_it, *processes) - cpu(without, *processes))
        ratios.append(cpu(with_it, *processes) / cpu(without, *processes))
    return with_it, without, statistics.median(differences), statistics.median(ratios)


def measure(load, scene):
    session, session_ratio = of_session(load, scene)
    ticket, ticket_ratio = of_ticket(load, scene)
    whole = of_request(load, scene)
    print(f"\nh-i      {session:.1f} µs of gateway and Redis for the check of the session; h/i {session_ratio:.2f}")
    print(f"j-k      {ticket:.1f} µs of the service for the check of the ticket; j/k {ticket_ratio:.2f}")
    both = session + ticket
    print(f"both     {both:.1f} µs, {100 * both / whole:.0f} % of the {whole:.0f} that (g) costs gateway, service and Redis")


def of_session(load, scene):
    """Two answers that the gateway makes itself: one needs a session, and one is for everybody."""
    port = load.stack.ports["gateway"]["http"]
    session = {"port": port, "request": scene.http_request("session")}
    public = {"port": port, "request": scene.http_request("api-info")}
    with_it, without, difference, ratio = compared(load, "load_http", lambda: session, lambda: public, ("gateway", "redis"))
    show("(h) the session, from the gateway", with_it)
    show("(i) api-info, for everybody", without)
    return difference, ratio


def of_ticket(load, scene):
    """One gRPC call that anybody may make: for a person with a ticket, and for the gateway by its certificate alone."""
    call = load.call("bitrade.billing.v1.CompensationRateService/ListCompensationRates",
                     scene.grpc_request("bitrade.billing.v1.ListCompensationRatesRequest", limit=1))
    with_it, without, difference, ratio = compared(load, "load_grpc", lambda: {"ticket": scene.ticket(), **call}, lambda: call, ("billing",))
    show("(j) a rate, with a ticket", with_it)
    show("(k) a rate, without", without)
    return difference, ratio


def of_request(load, scene):
    """A small GET with both checks the whole way, and the same gRPC call with the ticket alone."""
    listing = {"port": load.stack.ports["gateway"]["http"], "request": scene.http_request("guide")}
    rate = load.run("load_http", **listing)["rate"] / 2
    whole = load.run("load_http", rate=rate, **listing)
    call = load.call("bitrade.registry.v1.GuideService/GetGuide", scene.grpc_request("bitrade.registry.v1.GetGuideRequest"))
    show("(g) the guide, the whole way", whole)
    show("    the same gRPC call", load.run("load_grpc", rate=rate, ticket=scene.ticket(), **call))
    return cpu(whole, "gateway", "redis", "registry")

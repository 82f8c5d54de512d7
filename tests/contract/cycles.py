"""Nothing depends on itself: no header includes itself by way of others, and no target links itself by way of others. CMake allows that
of static libraries and says nothing."""

from . import include_rule, linkage, sources


def cycle_in(graph):
    """A way from a node back to it, as a list that begins and ends with it, or nothing. `graph` is {node: nodes that it needs}."""
    done, way = set(), []

    def visit(node):
        if node in way:
            return way[way.index(node):] + [node]
        if node in done:
            return []
        way.append(node)
        for other in sorted(graph.get(node, ())):
            if found := visit(other):
                return found
        done.add(way.pop())
        return []

    return next((found for node in sorted(graph) if (found := visit(node))), [])


def headers():
    """{header: our headers that it includes}."""
    return {path: {line.split('"')[1] for line in include_rule.includes(path) if '"' in line} for path in sources.cpp() if path.endswith(".h")}


def targets():
    """{target: what it links}, with CMake's words and files among them, which lead nowhere."""
    graph = {}
    for path in sources.tracked("CMakeLists.txt", "*/CMakeLists.txt"):
        for command, target, words in linkage.commands(path):
            links = words[1:] if command == "target_link_libraries" else linkage.needs(words)
            graph.setdefault(target, set()).update(links)
    return graph


def check():
    return [f"{' → '.join(found)}: {what} itself" for graph, what in ((headers(), "includes"), (targets(), "links")) if (found := cycle_in(graph))]

"""The committed OpenAPI document: it holds together, it says everything, and its examples are what its schemas say."""

import json
import re
import unittest

import yaml

from . import sources

VERBS = {"get", "put", "post", "patch", "delete", "head", "options"}
ALWAYS = {"400", "406", "429", "500", "503", "504"}  # what any call can meet


def resolved(document, node):
    """What a reference leads to."""
    while isinstance(node, dict) and "$ref" in node:
        assert node["$ref"].startswith("#/"), node["$ref"]
        target = document
        for part in node["$ref"][2:].split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


TYPES = {"string": str, "boolean": bool, "object": dict, "array": list, "integer": int, "number": (int, float)}


def faults(document, schema, value, place="#"):
    """Where `value` is not what `schema` says, by the keywords that we use."""
    schema = resolved(document, schema)
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or kind in ("integer", "number") and isinstance(value, bool)):
        return [f"{place}: {value!r} is no {kind}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is not of the enumeration")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{place}: {value!r} does not match")
    if kind == "array":
        for index, item in enumerate(value):
            found += faults(document, schema["items"], item, f"{place}/{index}")
    if kind == "object":
        found += object_faults(document, schema, value, place)
    return found


def object_faults(document, schema, value, place):
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = [f"{place}: {name} is missing" for name in schema.get("required", []) if name not in value]
    for name, member in value.items():
        if name in properties:
            found += faults(document, properties[name], member, f"{place}/{name}")
        elif others is False:
            found.append(f"{place}: {name} is unknown")
        elif isinstance(others, dict):
            found += faults(document, others, member, f"{place}/{name}")
    return found


class OpenApi(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.yaml_text = sources.text("docs/api/openapi.yaml")
        cls.document = json.loads(sources.text("docs/api/openapi.json"))

    def operations(self):
        for path, item in self.document["paths"].items():
            for verb, operation in item.items():
                self.assertIn(verb, VERBS)
                yield f"{verb.upper()} {path}", operation

    def nodes(self, node=None):
        node = self.document if node is None else node
        if isinstance(node, dict):
            yield node
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from self.nodes(child)

    def test_yaml_and_json_say_the_same(self):
        self.assertEqual(yaml.safe_load(self.yaml_text), self.document)
        self.assertEqual(self.document["openapi"], "3.1.0")

    def test_every_reference_leads_somewhere_and_every_component_is_used(self):
        used = {node["$ref"] for node in self.nodes() if "$ref" in node}
        for reference in used:
            resolved(self.document, {"$ref": reference})
        made = {f"#/components/{kind}/{name}" for kind, members in self.document["components"].items() if kind != "securitySchemes"
                for name in members}
        self.assertEqual(made - used, set())

    def test_every_operation_is_told_in_full(self):
        names = []
        for place, operation in self.operations():
            names.append(operation["operationId"])
            for member in ("operationId", "summary", "description", "tags", "parameters", "responses"):
                self.assertTrue(operation.get(member), f"{place}: {member}")
            self.assertLessEqual(len(operation["summary"]), 200, place)
        self.assertEqual(len(names), len(set(names)), "an operationId stands twice")

    def test_every_parameter_is_declared_described_and_shown(self):
        for place, operation in self.operations():
            parameters = [resolved(self.document, parameter) for parameter in operation["parameters"]]
            declared = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
            self.assertEqual(set(re.findall(r"{(\w+)}", place)), declared, place)
            for parameter in parameters:
                self.assertTrue("example" in parameter or "examples" in parameter["schema"], f"{place}: {parameter['name']}")
                self.assertTrue(parameter.get("description"), f"{place}: {parameter['name']}")

    def test_every_answer_is_described_and_every_problem_is_a_problem_document(self):
        for place, operation in self.operations():
            responses = {status: resolved(self.document, response) for status, response in operation["responses"].items()}
            self.assertEqual(ALWAYS - responses.keys(), set(), place)
            self.assertTrue(any(status < "400" for status in responses), place)
            for status, response in responses.items():
                self.assertRegex(status, r"^[2-5]\d\d$", f"{place}: no reason of that name is declared: {response['description']}")
                self.assertTrue(response["description"], place)
                if status >= "400":
                    self.assertEqual(list(response["content"]), ["application/problem+json"], f"{place}: {status}")
                    self.assertTrue(response["content"]["application/problem+json"]["examples"], f"{place}: {status}")
            if operation.get("security", True):
                self.assertIn("401", responses, place)

    def test_every_example_is_what_its_schema_says(self):
        checked = 0
        for place, operation in self.operations():
            bodies = [("body", operation["requestBody"])] if "requestBody" in operation else []
            for where, body in bodies + list(operation["responses"].items()):
                for media, content in resolved(self.document, body).get("content", {}).items():
                    if not media.endswith("json") or content["schema"] == {"type": "object"}:
                        continue
                    self.assertTrue(content.get("examples"), f"{place}: {where} has no example")
                    for example in content["examples"].values():
                        checked += 1
                        self.assertEqual(faults(self.document, content["schema"], resolved(self.document, example)["value"]), [],
                                         f"{place}: {where}")
        self.assertGreater(checked, 200)

    def test_no_example_stands_in_for_one_that_is_missing(self):
        """The tool writes `text` where neither name nor format tells what a field holds, and the proto has no example."""
        missing = [place for place, value in self.leaves(self.document) if value == "text"]
        self.assertEqual(missing, [], "needs (bitrade.options.v1.example) in the proto")

    def leaves(self, node, place=""):
        members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else None
        if members is None:
            yield place, node
            return
        for name, child in members:
            yield from self.leaves(child, f"{place}/{name}")

    def test_the_status_of_a_problem_is_that_of_its_answer(self):
        for place, operation in self.operations():
            for status, response in operation["responses"].items():
                for example in resolved(self.document, response).get("content", {}).get("application/problem+json", {}).get("examples", {}).values():
                    self.assertEqual(str(resolved(self.document, example)["value"]["status"]), status, place)

    def test_the_catalogue_of_problems_has_the_statuses_of_the_gateway(self):
        """problems.md is written by reasons.py, the examples of problems by the gateway's own rule."""
        told = dict(re.findall(r"^`(\w+)`, HTTP (\d+)", sources.text("docs/api/problems.md"), flags=re.M))
        shown = {node["reason"]: str(node["status"]) for node in self.nodes() if isinstance(node.get("reason"), str) and isinstance(node.get("status"), int)}
        self.assertGreater(len(shown), 50)
        self.assertEqual({reason: told.get(reason) for reason in shown}, shown)

    def test_a_change_is_guarded(self):
        """The session has no version: its profile is set whatever it was."""
        guarded = []
        for place, operation in self.operations():
            names = {resolved(self.document, parameter)["name"] for parameter in operation["parameters"]}
            if not place.startswith("GET") and operation.get("security", True):
                self.assertIn("X-CSRF-Token", names, place)
            answer = resolved(self.document, operation["responses"].get("200", {}))
            if place.startswith("PATCH") or place.startswith("PUT") and "ETag" in answer.get("headers", {}):
                self.assertIn("If-Match", names, place)
                guarded.append(place)
        self.assertIn("PUT /counsel/availability", guarded)

    def test_the_checker_of_examples_finds_faults(self):
        schema = {"type": "object", "required": ["a"], "additionalProperties": False,
                  "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string", "enum": ["X"]}}}}
        self.assertEqual(faults({}, schema, {"a": 1, "b": ["X"]}), [])
        for value in ({}, {"a": "1"}, {"a": True}, {"a": 1, "c": 2}, {"a": 1, "b": ["Y"]}, []):
            self.assertNotEqual(faults({}, schema, value), [], value)


if __name__ == "__main__":
    unittest.main()

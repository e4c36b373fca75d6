"""Writes schema-cases.tsv: schemas, values, and whether jsonschema (python-jsonschema 4.26, which passes the official test suite) takes them.
Run once; the table is committed. First cases by hand, keyword by keyword, with the corners that the specification names; then random ones."""
import json, random, sys
from jsonschema import Draft202012Validator
from decimal import Decimal

CASES = [
    ({"type": "integer"}, [1, 1.0, 1.5, "1", None, True, [], {}, -0.0, 1e2, 12345678901234567890]),
    ({"type": "number"}, [1, 1.5, "1", None, False]),
    ({"type": "string"}, ["", "a", 1, None]),
    ({"type": "object"}, [{}, [], None, "x"]),
    ({"type": "array"}, [{}, [], None]),
    ({"type": "boolean"}, [True, False, 0, 1, "true", None, ""]),
    ({"type": "null"}, [None, 0, "", False, [], {}]),
    ({"type": ["string", "null"]}, ["a", None, 1]),
    ({"type": ["integer", "boolean"]}, [1, 1.5, True, "a"]),
    ({"enum": [1, 2, 3]}, [1, 1.0, 4, "1", True]),
    ({"enum": [6, "foo", [], True, {"foo": 12}]}, [[], None, {"foo": False}, {"foo": 12}, {"foo": 12.0}, {"foo": 12, "boo": 42}, 6, "foo", True]),
    ({"enum": [False]}, [False, 0, 0.0, [False]]),
    ({"enum": [[False]]}, [[False], [0]]),
    ({"enum": [0]}, [0, 0.0, False]),
    ({"enum": ["a\nb", "a\rb"]}, ["a\nb", "ab"]),
    ({"const": 2}, [2, 2.0, 5, "a"]),
    ({"const": {"foo": "bar", "baz": "bax"}}, [{"baz": "bax", "foo": "bar"}, {"foo": "bar"}, [1, 2]]),
    ({"const": [{"foo": "bar"}]}, [[{"foo": "bar"}], [2], [1, 2, 3]]),
    ({"const": None}, [None, 0]),
    ({"const": {"a": False}}, [{"a": False}, {"a": 0}, {"a": 0.0}]),
    ({"const": -2.0}, [-2, 2, -2.0, -2.00001]),
    ({"const": 9007199254740992}, [9007199254740992, 9007199254740991, 9007199254740992.0]),
    ({"const": "h\u00e9"}, ["h\u00e9", "he\u0301"]),
    ({"minimum": 1.1}, [2.6, 1.1, 0.6, "x"]),
    ({"minimum": -2}, [-1, 0, -2, -2.0, -2.0001, -3, "x"]),
    ({"maximum": 3.0}, [2.6, 3.0, 3.5, "x"]),
    ({"maximum": 300}, [299.97, 300, 300.00, 300.5]),
    ({"exclusiveMinimum": 1.1}, [1.2, 1.1, 0.6]),
    ({"exclusiveMaximum": 3.0}, [2.2, 3.0, 3.5]),
    ({"multipleOf": 2}, [10, 7, "foo", 0, -4]),
    ({"multipleOf": 1.5}, [0, 4.5, 35]),
    ({"type": "integer", "multipleOf": 0.5}, [10, 3]),
    ({"minLength": 2}, ["foo", "fo", "f", 1, "\U0001f4a9", "\U0001f4a9\U0001f4a9"]),
    ({"maxLength": 2}, ["f", "fo", "foo", 100, "\U0001f4a9\U0001f4a9", "\U0001f4a9\U0001f4a9\U0001f4a9", "e\u0301e"]),
    ({"minLength": 2.0}, ["foo", "f"]),
    ({"pattern": "^a*$"}, ["aaa", "abc", True, 123, 1.0, {}, [], None]),
    ({"pattern": "a+"}, ["xxaayy", "b"]),
    ({"pattern": "^[^0-9]{2,3}$"}, ["ab", "a1", "abcd", "\u00e4\u00f6"]),
    ({"pattern": "^\\d{4}-\\d\\d$"}, ["2024-01", "2024-1", "x2024-01"]),
    ({"pattern": "^(GB|DE)[0-9]+$"}, ["GB1", "DE22", "FR1", "GB"]),
    ({"pattern": "\\.jpg$"}, ["a.jpg", "ajpg", "a.jpg.png"]),
    ({"pattern": "^.$"}, ["a", "ab", "", "\U0001f4a9"]),
    ({"pattern": "^[^a]$"}, ["b", "a", "\U0001f4a9"]),
    ({"pattern": "^\U0001f4a9*$"}, ["\U0001f4a9\U0001f4a9", "", "x"]),
    ({"pattern": "^\\S+@\\S+$"}, ["a@b", "a b@c", "@"]),
    ({"pattern": "^[\\w.-]+$"}, ["a-b.c_1", "a b", ""]),
    ({"required": ["foo"]}, [{"foo": 1}, {"bar": 1}, [], "", 12, {"foo": None}]),
    ({"required": []}, [{}]),
    ({"required": ["foo\nbar", "foo\"bar", "foo\\bar"]}, [{"foo\nbar": 1, "foo\"bar": 1, "foo\\bar": 1}, {"foo\nbar": "1"}]),
    ({"required": ["__proto__", "toString"]}, [{}, {"__proto__": 1, "toString": 2}]),
    ({"properties": {"foo": {"type": "integer"}, "bar": {"type": "string"}}}, [{"foo": 1, "bar": "baz"}, {"foo": 1, "bar": {}}, {"foo": [], "bar": {}}, {"quux": []}, [], 12]),
    ({"properties": {"foo": {"type": "array", "maxItems": 3}, "bar": {"type": "array"}}, "patternProperties": {"f.o": {"minItems": 2}}, "additionalProperties": {"type": "integer"}},
     [{"foo": [1, 2]}, {"foo": [1, 2, 3, 4]}, {"foo": []}, {"fxo": [1, 2]}, {"fxo": []}, {"bar": []}, {"quux": 3}, {"quux": "foo"}]),
    ({"properties": {"foo": True, "bar": False}}, [{}, {"foo": 1}, {"bar": 2}, {"foo": 1, "bar": 2}]),
    ({"properties": {"foo\nbar": {"type": "number"}}}, [{"foo\nbar": 1}, {"foo\nbar": "1"}]),
    ({"properties": {"foo": {"type": "null"}}}, [{"foo": None}, {"foo": 1}]),
    ({"patternProperties": {"a*": {"type": "integer"}, "aaa*": {"maximum": 20}}}, [{"a": 21}, {"aaaa": 18}, {"a": 21, "aaaa": 18}, {"a": "bar"}, {"aaaa": 31}, {"aaa": "foo", "aaaa": 31}]),
    ({"patternProperties": {"[0-9]{2,}": {"type": "boolean"}, "X_": {"type": "string"}}}, [{"answer 1": "42"}, {"a31b": None}, {"a_x_3": 3}, {"a_X_3": 3}]),
    ({"patternProperties": {"f.*": True, "b.*": False}}, [{"foo": 1}, {"bar": 2}, {"foo": 1, "bar": 2}, {"foobar": 1}, {}]),
    ({"properties": {"foo": {}, "bar": {}}, "patternProperties": {"^v": {}}, "additionalProperties": False},
     [{"foo": 1}, {"foo": 1, "bar": 2, "quux": "boom"}, [1, 2, 3], "foobarbaz", {"foo": 1, "vroom": 2}]),
    ({"additionalProperties": {"type": "boolean"}}, [{"foo": True}, {"foo": 1}, {}]),
    ({"allOf": [{"properties": {"foo": {}}}], "additionalProperties": {"type": "boolean"}}, [{"foo": 1, "bar": True}, {"foo": True, "bar": True}]),
    ({"propertyNames": {"maxLength": 3}}, [{"f": {}, "foo": {}}, {"foo": {}, "foobar": {}}, {}, [1], "foobar"]),
    ({"propertyNames": {"pattern": "^a+$"}}, [{"a": {}, "aa": {}}, {"aaA": {}}, {}]),
    ({"propertyNames": False}, [{}, {"foo": 1}]),
    ({"propertyNames": {"enum": ["foo", "bar"]}}, [{"foo": 1}, {"baz": 1}]),
    ({"minProperties": 1}, [{"foo": 1, "bar": 2}, {"foo": 1}, {}, [], ""]),
    ({"maxProperties": 2}, [{"foo": 1}, {"foo": 1, "bar": 2}, {"foo": 1, "bar": 2, "baz": 3}, [1, 2, 3]]),
    ({"dependentRequired": {"bar": ["foo"]}}, [{}, {"foo": 1}, {"foo": 1, "bar": 2}, {"bar": 2}, ["bar"], "foobar"]),
    ({"dependentRequired": {"quux": ["foo", "bar"]}}, [{"foo": 1, "bar": 2, "quux": 3}, {"foo": 1, "quux": 2}, {"quux": 1}]),
    ({"dependentSchemas": {"bar": {"properties": {"foo": {"type": "integer"}, "bar": {"type": "integer"}}}}}, [{"foo": 1, "bar": 2}, {"foo": "quux"}, {"foo": "quux", "bar": 2}, {"foo": 2, "bar": "quux"}, ["bar"]]),
    ({"dependentSchemas": {"foo": True, "bar": False}}, [{"foo": 1}, {"bar": 2}, {"foo": 1, "bar": 2}, {}]),
    ({"items": {"type": "integer"}}, [[1, 2, 3], [1, "x"], {"foo": "bar"}, []]),
    ({"items": False}, [[], [1]]),
    ({"prefixItems": [{"type": "integer"}, {"type": "string"}]}, [[1, "foo"], ["foo", 1], [1], [1, "foo", True], [], {"0": "x"}]),
    ({"prefixItems": [{}, {}, {}], "items": False}, [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]),
    ({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, [["x", 2, 3], ["x", "y"]]),
    ({"contains": {"minimum": 5}}, [[3, 4, 5], [3, 4, 5, 6], [2, 3, 4], [], {}]),
    ({"contains": True}, [["foo"], []]),
    ({"contains": False}, [["foo"], [], "x"]),
    ({"contains": {"const": 1}, "minContains": 2}, [[1], [1, 1], [1, 2, 1], []]),
    ({"contains": {"const": 1}, "maxContains": 1}, [[], [1], [1, 1], [1, 2]]),
    ({"contains": {"const": 1}, "minContains": 0}, [[], [2]]),
    ({"contains": {"const": 1}, "minContains": 0, "maxContains": 1}, [[], [1], [1, 1]]),
    ({"minContains": 1}, [[], [2]]),
    ({"minItems": 1}, [[1, 2], [1], [], ""]),
    ({"maxItems": 2}, [[1], [1, 2], [1, 2, 3], "foobar"]),
    ({"uniqueItems": True}, [[1, 2], [1, 1], [1.0, 1.00, 1], [0, False], [1, True], [[1], [True]], [{"foo": "bar"}, {"foo": "baz"}], [{"a": 1, "b": 2}, {"b": 2, "a": 1}], ["foo", "bar", "foo"],
      [[["foo"]], [["foo"]]], [{}, [1], True, None, 1, "{}"], [{"a": False}, {"a": 0}], [{}, {}], []]),
    ({"uniqueItems": False}, [[1, 1]]),
    ({"allOf": [{"properties": {"bar": {"type": "integer"}}, "required": ["bar"]}, {"properties": {"foo": {"type": "string"}}, "required": ["foo"]}]},
     [{"foo": "baz", "bar": 2}, {"foo": "baz"}, {"bar": 2}, {"foo": "baz", "bar": "quux"}]),
    ({"allOf": [True, False]}, ["foo"]),
    ({"anyOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5, 3, 1.5]),
    ({"type": "string", "anyOf": [{"maxLength": 2}, {"minLength": 4}]}, [3, "foobar", "foo"]),
    ({"anyOf": [{"anyOf": [{"type": "null"}]}]}, [None, 123]),
    ({"oneOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5, 3, 1.5]),
    ({"oneOf": [True, True, True]}, ["foo"]),
    ({"oneOf": [True, False, False]}, ["foo"]),
    ({"oneOf": [{"required": ["foo", "bar"]}, {"required": ["foo", "baz"]}]}, [{"bar": 2}, {"foo": 1, "bar": 2}, {"foo": 1, "baz": 3}, {"foo": 1, "bar": 2, "baz": 3}]),
    ({"not": {"type": "integer"}}, ["foo", 1]),
    ({"not": {"type": ["integer", "boolean"]}}, ["foo", 1, True]),
    ({"properties": {"foo": {"not": {}}}}, [{"foo": 1, "bar": 2}, {"bar": 1}]),
    ({"not": {"not": {}}}, ["foo"]),
    ({"if": {"const": 0}}, [0, "hello"]),
    ({"then": {"const": 0}}, [0, "hello"]),
    ({"if": {"exclusiveMaximum": 0}, "then": {"minimum": -10}}, [-1, -100, 3]),
    ({"if": {"exclusiveMaximum": 0}, "else": {"multipleOf": 2}}, [-1, 4, 3]),
    ({"if": {"exclusiveMaximum": 0}, "then": {"minimum": -10}, "else": {"multipleOf": 2}}, [-1, -100, 4, 3]),
    ({"if": True, "then": {"const": "then"}, "else": {"const": "else"}}, ["then", "else"]),
    ({"if": False, "then": {"const": "then"}, "else": {"const": "else"}}, ["then", "else"]),
    ({"$defs": {"money": {"type": "number", "minimum": 0}}, "properties": {"a": {"$ref": "#/$defs/money"}, "b": {"$ref": "#/properties/a", "maximum": 5}}},
     [{"a": 1}, {"a": -1}, {"b": 5}, {"b": 6}, {"b": "x"}]),
    ({"$defs": {"a/b": {"type": "integer"}, "c~d": {"type": "integer"}, "e%f": {"type": "integer"}},
      "properties": {"s": {"$ref": "#/$defs/a~1b"}, "t": {"$ref": "#/$defs/c~0d"}, "p": {"$ref": "#/$defs/e%25f"}}},
     [{"s": "x"}, {"t": "x"}, {"p": "x"}, {"s": 1, "t": 2, "p": 3}]),
    ({"prefixItems": [{"type": "integer"}, {"$ref": "#/prefixItems/0"}]}, [[1, 2], [1, "foo"]]),
    ({"$defs": {"a": {"type": "integer"}, "b": {"$ref": "#/$defs/a"}, "c": {"$ref": "#/$defs/b"}}, "$ref": "#/$defs/c"}, [5, "a"]),
    ({"$defs": {"bool": False}, "$ref": "#/$defs/bool"}, ["foo"]),
]

rng = random.Random(20261121)
NAMES = ["a", "b", "ab", "é"]

def value(depth=0):
    kinds = ["int", "float", "str", "bool", "null"] + (["list", "dict"] * 2 if depth < 3 else [])
    kind = rng.choice(kinds)
    if kind == "int": return rng.choice([0, 1, 2, 3, 5, 10, -1, -7, 100])
    if kind == "float": return rng.choice([0.5, 1.0, 2.5, -0.5, 10.0, 1.25])
    if kind == "str": return rng.choice(["", "a", "ab", "abc", "é", "\U0001f4a9", "1", "aab"])
    if kind == "bool": return rng.choice([True, False])
    if kind == "null": return None
    if kind == "list": return [value(depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(NAMES): value(depth + 1) for _ in range(rng.randrange(4))}

def schema(depth=0):
    if rng.random() < 0.08: return rng.choice([True, False])
    result = {}
    for _ in range(rng.randrange(1, 4)):
        k = rng.choice(["type", "type", "enum", "const", "min", "len", "pattern", "required", "count", "items", "dep", "unique", "mult"] + (["properties", "properties", "sub", "list", "if", "contains", "add"] * 2 if depth < 3 else []))
        if k == "type":
            types = rng.sample(["string", "number", "integer", "boolean", "object", "array", "null"], rng.randrange(1, 4))
            result["type"] = types if len(types) > 1 or rng.random() < .2 else types[0]
        elif k == "enum": result["enum"] = [value(2) for _ in range(rng.randrange(1, 4))]
        elif k == "const": result["const"] = value(2)
        elif k == "min": result[rng.choice(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])] = rng.choice([0, 1, 2, 2.5, -1])
        elif k == "len": result[rng.choice(["minLength", "maxLength"])] = rng.randrange(4)
        elif k == "pattern": result["pattern"] = rng.choice(["^a", "b$", "^[a-c]*$", "a{2}", "^.{1,2}$", "\\d", "^[^a]+$"])
        elif k == "required": result["required"] = rng.sample(NAMES, rng.randrange(3))
        elif k == "count": result[rng.choice(["minItems", "maxItems", "minProperties", "maxProperties"])] = rng.randrange(3)
        elif k == "unique": result["uniqueItems"] = rng.choice([True, True, False])
        elif k == "mult": result["multipleOf"] = rng.choice([2, 3, 0.5])
        elif k == "dep": result["dependentRequired"] = {rng.choice(NAMES): rng.sample(NAMES, 1)}
        elif k == "items": result["items"] = schema(depth + 1) if depth < 3 else {"type": "integer"}
        elif k == "properties": result["properties"] = {n: schema(depth + 1) for n in rng.sample(NAMES, rng.randrange(1, 4))}
        elif k == "add": result[rng.choice(["additionalProperties", "propertyNames", "not"])] = schema(depth + 1)
        elif k == "sub": result[rng.choice(["patternProperties", "dependentSchemas"])] = {rng.choice(["^a", "b"]) : schema(depth + 1)}
        elif k == "list": result[rng.choice(["allOf", "anyOf", "oneOf", "prefixItems"])] = [schema(depth + 1) for _ in range(rng.randrange(1, 4))]
        elif k == "if": result.update({"if": schema(depth + 1), "then": schema(depth + 1), "else": schema(depth + 1)})
        elif k == "contains":
            result["contains"] = schema(depth + 1)
            if rng.random() < .5: result[rng.choice(["minContains", "maxContains"])] = rng.randrange(3)
    return result

seen = set()
for s, values in CASES + [(schema(), [value() for _ in range(5)]) for _ in range(200)]:
    Draft202012Validator.check_schema(s)
    validator = Draft202012Validator(s)
    for v in values:
        row = f"{json.dumps(s)}\t{json.dumps(v)}\t{'valid' if validator.is_valid(v) else 'invalid'}"
        if row not in seen:
            seen.add(row)
            print(row)

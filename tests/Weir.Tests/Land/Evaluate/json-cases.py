"""Writes json-cases.tsv: texts and whether Python's json, made strict, takes them. Run once; the table is committed."""
import base64, json, random, sys

def fail(name):
    raise ValueError(name)

def unpaired(value):
    if isinstance(value, str):
        value.encode("utf-8")  # raises on unpaired surrogates
    elif isinstance(value, dict):
        for k, v in value.items():
            unpaired(k), unpaired(v)
    elif isinstance(value, list):
        for v in value:
            unpaired(v)

def has_nul(value):
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(has_nul(k) or has_nul(v) for k, v in value.items())
    return isinstance(value, list) and any(map(has_nul, value))

def members(pairs):
    names = [k for k, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("twice")
    return dict(pairs)

def verdict(data):
    try:
        text = data.decode("utf-8", "strict")
        if text.startswith("\ufeff"):
            raise ValueError("mark")
        value = json.loads(text, strict=True, parse_constant=fail, object_pairs_hook=members)
        unpaired(value)
        return "invalid" if has_nul(value) or b"\0" in data else "valid"
    except (ValueError, RecursionError):
        return "invalid"

HAND = [b'{}', b'[]', b'null', b'true', b'"a"', b'0', b'-0', b'-', b'+1', b'01', b'1.', b'.5', b'1e5', b'1E+05', b'1e', b'1e+', b'0x1', b'Infinity', b'-Infinity', b'NaN',
    b'"\\u00e9"', b'"\\uD83D\\uDE00"', b'"\\uD83D"', b'"\\uDE00"', b'"\\uD83D\\n"', b'"\\uD83D\\\\uDE00"', b'"\\\\uD83D"', b'"\\u12"', b'"\\u12G4"', b'"\\U0041"', b'"\\a"', b'"\\/"',
    b'"\t"', b'"\x7f"', b'"\x1f"', b'"\xc3\xa9"', b'"\xe9"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xf0\x9f\x98\x80"', b'"\xef\xbf\xbf"',
    b'[1,]', b'[,1]', b'[1 2]', b'{"a"}', b'{"a":}', b'{"a":1,}', b'{a:1}', b"{'a':1}", b'{"a":1 "b":2}', b'{"a":1}}', b'{"a":1}{"b":2}', b'{"a":1},', b'[1]x', b'tru', b'True', b'nul', b'nulll',
    b'{"a":1,"a":2}', b'{"a":1,"\\u0061":2}', b'{"a":{"b":1},"b":{"a":1}}', b'[{"a":1},{"a":2}]', b'"\\u0000"', b'"\x00"', b'{"\\u0000":1}', b'//x\n1', b'1/**/', b'\x0b1', b'\x0c1', b'\xa01', b' \t\r\n1 \t\r\n',
    b'"unterminated', b'"a\\"', b'[', b']', b'{', b'}', b':', b',', b'"\xe2\x80\xa8"', b'1e400', b'123456789012345678901234567890', b'\xef\xbb\xbf{"a":1', b'{"":1}', b'{"":1,"":2}']

SEEDS = [b'{"event":"a","user_id":17850,"properties":{"p":[1.5,-2e3,true,null,{"x":"\\u00e9\\n"}]},"t":"\xc3\xa9"}',
         b'[{"a":"\\ud83d\\ude00","b":{}},{"a":[],"c":-0.0e-1}, "\xf0\x9f\x98\x80" ]']

def mutate(r, data):
    data = bytearray(data)
    for _ in range(r.randint(1, 3)):
        i = r.randrange(len(data))
        match r.randrange(5):
            case 0: del data[i]
            case 1: data[i] = r.randrange(256)
            case 2: data.insert(i, r.choice(b'{}[]",:\\ue0-+.d8 \n'))
            case 3: data[i:i] = data[r.randrange(len(data)):][:r.randint(1, 8)]
            case 4: data[i:i + r.randint(1, 6)] = b''
        if not data:
            data = bytearray(b' 1')
    return bytes(data)

r = random.Random(20240615)
cases = list(dict.fromkeys(HAND + [mutate(r, r.choice(SEEDS)) for _ in range(1500)]))
with open("json-cases.tsv", "w") as out:
    for c in cases:
        print(base64.b64encode(c).decode(), verdict(c), sep="\t", file=out)

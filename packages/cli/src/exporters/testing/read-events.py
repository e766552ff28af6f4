"""read-events.py FILE: reads one of TensorBoard's event files in plain Python, by record format and the numbers of event.proto
and summary.proto, both checksums of each record included, and prints what it holds as JSON."""
import json, struct, sys

TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    TABLE.append(byte)


def masked(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    crc ^= 0xFFFFFFFF
    return (crc >> 15 | crc << 17 & 0xFFFFFFFF) + 0xA282EAD8 & 0xFFFFFFFF


def fields(data):
    """Of a message: its fields by number, each a list of numbers or bytes."""
    at, found = 0, {}

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 2:
            size = varint()
            at, value = at + size, data[at:at + size]
        elif key & 7 == 0:
            value = varint()
        else:
            code, size = {1: ("<d", 8), 5: ("<f", 4)}[key & 7]
            [value], at = struct.unpack_from(code, data, at), at + size
        found.setdefault(key >> 3, []).append(value)
    return found


def doubles(data):
    return struct.unpack(f"<{len(data) // 8}d", data)


def hparams(value):
    content = fields(fields(value[9][0])[1][0])
    assert content[1] == [b"hparams"]
    session = fields(fields(content[2][0])[3][0])
    entries = [fields(one) for one in session[1]]
    plain = [(entry[1][0].decode(), fields(entry[2][0])) for entry in entries]
    return {name: v[2][0] if 2 in v else v[3][0].decode() if 3 in v else bool(v[4][0]) for name, v in plain}


data, at, events = open(sys.argv[1], "rb").read(), 0, []
while at < len(data):
    head = data[at:at + 8]
    [size], [check] = struct.unpack("<Q", head), struct.unpack_from("<I", data, at + 8)
    assert check == masked(head), f"the length's checksum at {at}"
    body = data[at + 12:at + 12 + size]
    assert struct.unpack_from("<I", data, at + 12 + size)[0] == masked(body), f"the record's checksum at {at}"
    at += 16 + size
    events.append(fields(body))
version, *events = events
told = {"version": version[3][0].decode(), "scalars": [], "images": [], "histograms": [], "hparams": {}}
for event in events:
    step = event.get(2, [0])[0]
    for value in (fields(one) for one in fields(event[5][0])[1]):
        tag = value[1][0].decode()
        if 2 in value:
            told["scalars"].append([tag, step, value[2][0]])
        elif 4 in value:
            image = fields(value[4][0])
            png = image[4][0]
            assert png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (image[2][0], image[1][0])
            told["images"].append([tag, step, image[2][0], image[1][0]])
        elif 5 in value:
            histogram = fields(value[5][0])
            limits, counts = doubles(histogram[6][0]), doubles(histogram[7][0])
            assert len(limits) == len(counts) and sum(counts) == histogram[3][0]
            assert abs(limits[-1] - histogram[2][0]) < 1e-9
            told["histograms"].append([tag, step, histogram[1][0], histogram[2][0], sum(counts)])
        else:
            told["hparams"] = hparams(value)
print(json.dumps(told))

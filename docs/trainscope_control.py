"""Lets `trainscope watch --control` pause, stop and change a training loop, and does nothing without one. Copy it beside your program:

    control = Control(learningRate=0.1, batchSize=32)
    for epoch in range(1, 41):
        for batch in range(100):
            if not control.goes_on(epoch, batch):
                sys.exit("stopped")
            step(control["learningRate"])"""
import contextlib, json, os, select, socket


class Control(dict):
    def __init__(self, **settings):
        super().__init__(settings)
        self._socket, self._rest, self._wait, self._until, self._stopped = None, b"", False, None, False
        if path := os.environ.get("TRAINSCOPE_CONTROL"):
            with contextlib.suppress(OSError):  # Nobody may be there.
                (found := socket.socket(socket.AF_UNIX)).connect(path)
                self._socket = found
                self._send({"hello": 1})

    def goes_on(self, epoch=0, batch=0):
        """Between two batches: waits as long as a pause was asked for; False once a stop was."""
        if self._until is not None and (self._until == "batch" or self._until != epoch):
            self._until, self._wait = None, True
        while self._socket and not self._stopped and (self._wait or select.select([self._socket], [], [], 0)[0]):
            try:
                if not (data := self._socket.recv(4096)):
                    raise OSError("nothing more will come")
                *lines, self._rest = (self._rest + data).split(b"\n")
                for line in lines:
                    self._obey(json.loads(line)["control"], epoch, batch)
            except OSError:  # Whoever watched has left.
                self._socket, self._wait, self._until = None, False, None
        return not self._stopped

    def _obey(self, control, epoch, batch):
        action, before, to = control["action"], "paused" if self._wait else "training", control.get("to")
        if action in ("pause", "resume", "step", "stop"):
            self._wait, self._stopped = action == "pause", action == "stop"
            self._until = None if action != "step" else "batch" if control.get("unit") == "batch" else epoch
            to = {"pause": "paused", "resume": "training", "step": "stepping", "stop": "stopping"}[action]
        elif action in self:
            before, self[action] = self[action], to
        else:
            return self._send({"refused": f"this loop doesn't know {action}"})
        self._send({"event": {"v": 1, "type": "control", "action": action, "from": before, "to": to, "epoch": epoch, "batch": batch}})

    def _send(self, message):
        self._socket.sendall(json.dumps(message).encode() + b"\n")

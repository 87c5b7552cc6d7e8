# ruff: noqa: E501 - a table of programs and trees, one a line
"""What submissions try. Each attack stands in the place of a solution that is otherwise wrong.

`ATTACKS`: name → source of the cell `square`, which honestly would be worth nothing. All other cells are right
unless `CELLS` says otherwise. `KILLS` end their own process, and lose what comes after.
"""

from __future__ import annotations

LIE = "class Lie:\n    def __eq__(self, other): return True\n    __hash__ = None\n"
FORGED = (
    "import json, os, struct\n"
    "def frame(message, *parts):\n"
    "    text = json.dumps({**message, 'b': [len(p) for p in parts]}).encode()\n"
    "    return struct.pack('<IQ', len(text), sum(map(len, parts))) + text + b''.join(parts)\n"
    "def tell(data):\n"
    "    for fd in range(3, 64):\n"
    "        try: os.write(fd, data)\n"
    "        except OSError: pass\n"
)
VERDICT = "{'end': 4, 'ok': True, 'outputs': [], 'error': None, 'says': '', 'assertions': [], 'seconds': 0, 'verified': True}"
BROKEN = "def square(x): return 5\n"
SENT = (  # S's own encoder, replaced: whatever tree it likes goes out as the value of a call
    BROKEN + "from courseware.grading.verdict import codec, submitted\n"
    "def node(self, value):\n    return {tree}\n"
    "submitted.Encoder.node = codec.Encoder.node = node\n"
)

ATTACKS: dict[str, str] = {
    # exits and signals
    "exit": "import os; os._exit(0)",
    "exit in a call": "import os\ndef square(x): os._exit(0)",
    "sys.exit in a call": "import sys\ndef square(x): sys.exit(0)",
    "SystemExit subclass": "class E(SystemExit): pass\ndef square(x): raise E(0)",
    "kill": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "abort": "import os; os.abort()",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "interrupt": "import _thread\ndef square(x): _thread.interrupt_main(); raise KeyboardInterrupt",
    "alarm ignored": "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\ndef square(x):\n    while True: pass",
    "alarm that lies": "import signal; signal.signal(signal.SIGALRM, lambda *_: None)\ndef square(x):\n    while True:\n"
    "        try:\n            while True: pass\n        except BaseException: pass",
    # loops and bombs
    "loop": "while True: pass",
    "loop in a call": "def square(x):\n    while True: pass",
    "sleep": "import time\ndef square(x): time.sleep(60)",
    "fork bomb": "import os\nwhile True: os.fork()",
    "thread bomb": "import threading, time\nfor _ in range(10000): threading.Thread(target=time.sleep, args=(9,)).start()",
    "memory": "square = bytearray(8 << 30)",
    "memory in a call": "def square(x): return [0] * (1 << 40)",
    "disk": "f = open('x', 'wb')\nwhile True: f.write(bytes(1 << 20))",
    "many files": "for n in range(10 ** 6): open(f'f{n}', 'w').close()",
    "output": BROKEN + "for _ in range(10 ** 5): print('x' * 1000)",
    "output in a call": "def square(x):\n    for _ in range(10 ** 4): print('x' * 1000)\n    return 5",
    "recursion": "def square(x): return square(x)",
    "endless generator": "def square(x):\n    while True: yield x",
    "huge number": "def square(x): return 7 ** (10 ** 6)",
    "huge list": "def square(x): return [[]] * 10 ** 7",
    "deep list": "def square(x):\n    v = []\n    for _ in range(10 ** 5): v = [v]\n    return v",
    # lying objects
    "equal to all": LIE + "def square(x): return Lie()",
    "number that lies": "class Lie(int):\n    def __eq__(self, o): return True\n    __hash__ = int.__hash__\n"
    "def square(x): return Lie(5)",
    "list that lies": "class Lie(list):\n    def __eq__(self, o): return True\ndef square(x): return Lie()",
    "text that lies": "class Lie(str):\n    def __eq__(self, o): return True\n    __hash__ = str.__hash__\n"
    "def square(x): return Lie()",
    "named like a number": LIE + "Lie.__name__ = 'int'; Lie.__module__ = 'builtins'\ndef square(x): return Lie()",
    "class of another": LIE + "Lie.__class__ = property(lambda s: int)\ndef square(x): return Lie()",
    "named like the class": "class Account:\n    def __eq__(self, o): return True\ndef square(x): return Account()",
    "mock": "from unittest.mock import ANY\ndef square(x): return ANY",
    "class that lies": "class M(type):\n    def __eq__(cls, o): return True\n    __hash__ = None\nclass Lie(metaclass=M): pass\n"
    "def square(x): return Lie",
    "function that lies": LIE + "square = Lie()\nLie.__call__ = lambda s, x: s",
    "array that lies": "import numpy as np\nclass Lie(np.ndarray):\n    def __eq__(self, o): return True\n"
    "def square(x): return np.array(5).view(Lie)",
    "array of liars": LIE + "import numpy as np\ndef square(x): return np.array(Lie(), dtype=object)",
    "exception that lies": LIE + "class E(Exception, Lie): pass\ndef square(x): return E()",
    "ends a loop": "def square(x): raise StopIteration",
    "ends a generator": "def square(x): raise GeneratorExit",
    # patched testing, builtins, libraries
    "assertion patched": BROKEN + "import builtins\nbuiltins.AssertionError = SystemError; builtins.all = lambda x: True",
    "comparison patched": BROKEN + "import builtins, operator\noperator.eq = lambda a, b: True\nbuiltins.len = lambda x: 3",
    "testing patched": BROKEN + "import pandas.testing, numpy.testing\nfor m in (pandas.testing, numpy.testing):\n"
    "    for n in dir(m):\n        if n.startswith('assert'): setattr(m, n, lambda *a, **k: None)",
    "import patched": BROKEN + "import builtins\nbuiltins.__import__ = lambda *a, **k: None",
    "builtins replaced": BROKEN + "__builtins__.list = lambda x: [0, 1, 4, 9, 16]",
    # IPython
    "assertions cut out": BROKEN + "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, n): return ast.Pass()\n"
    "get_ipython().ast_transformers.append(T())",
    "cells replaced": BROKEN + "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])",
    "before each cell": BROKEN + "get_ipython().events.register('pre_run_cell', lambda i: globals().update(square=lambda x: x * x"
    " if i.raw_cell else 5)); del square",
    "run_cell replaced": BROKEN + "ip = get_ipython(); run = ip.run_cell\nip.run_cell = lambda s, **k: run('1')",
    "exceptions swallowed": BROKEN + "get_ipython().set_custom_exc((Exception,), lambda *a: None)",
    "namespace replaced": BROKEN + "get_ipython().user_ns = {}",
    # frames, gc, other processes
    "frames": BROKEN + "import sys\ndef square(x):\n    f = sys._getframe()\n    while f:\n        for v in f.f_locals.values():\n"
    "            if isinstance(v, dict) and 'ok' in v: v['ok'] = True\n        f = f.f_back\n    return 5",
    "collector": BROKEN + "import gc\nfor o in gc.get_objects():\n    if isinstance(o, dict) and 'verified' in o: o['verified'] = True\n"
    "found = [o for o in gc.get_objects() if isinstance(o, str) and 'square(-3)' in o]\nassert not found",
    "tracing": BROKEN + "import sys\nsys.settrace(lambda f, e, a: None); sys.setprofile(lambda f, e, a: f.f_locals.update(ok=True))",
    "audit": BROKEN + "import sys\nsys.addaudithook(lambda *a: None)",
    "memory of others": BROKEN + "import glob\nfor p in glob.glob('/proc/[0-9]*/mem'): open(p, 'r+b').write(b'x')",
    "ptrace": BROKEN + "import ctypes\nl = ctypes.CDLL(None)\nfor p in range(1, 50): l.ptrace(16, p, 0, 0)",
    "process_vm": BROKEN + "import ctypes\nl = ctypes.CDLL(None)\nb = ctypes.create_string_buffer(64)\n"
    "for p in range(1, 50): l.syscall(310, p, b, 1, b, 1, 0)",
    "pidfd": BROKEN + "import ctypes\nl = ctypes.CDLL(None)\nfor p in range(1, 50): l.syscall(438, l.syscall(434, p, 0), 3, 0)",
    # reading
    "tests in memory": "import gc, re\nt = ' '.join(o for o in gc.get_objects() if type(o) is str and 'assert square' in o)\n"
    "square = dict(re.findall(r'square\\((\\S+)\\) == (\\d+)', t)).get",
    "tests in history": BROKEN + "found = [c for c in In if 'squ' + 'are(-3)' in c]\nif found: square = lambda x: x * x",
    "tests in files": BROKEN + "import glob\nfor p in glob.glob('/**/*.ipynb', recursive=True) + glob.glob('/**/gradebook.db', "
    "recursive=True):\n    if 'square(-3)' in open(p, errors='ignore').read(): square = lambda x: x * x",
    "tests in environment": BROKEN + "import os\nif 'square(-3)' in str(os.environ): square = lambda x: x * x",
    "expected looked up": "def square(x): return globals().get('expected', 5)",
    "caller looked at": "import inspect\ndef square(x):\n    for f in inspect.stack():\n        if 'square(-3)' in str(f.code_context):"
    " return x * x\n    return 5",
    # writing
    "home": BROKEN + "import os\nfor p in ('/root/.bashrc', '/etc/cron.d/x', os.path.expanduser('~/../x')):\n"
    "    try: open(p, 'w').write('x')\n    except OSError: pass",
    "site": BROKEN + "import site, sys\nfor p in [*site.getsitepackages(), *sys.path]:\n"
    "    try: open(p + '/evil.pth', 'w').write('import os')\n    except OSError: pass",
    "shadow modules": BROKEN + "for n in ('pandas', 'json', 'courseware', 'IPython', 'sitecustomize'):\n"
    "    open(n + '.py', 'w').write('raise SystemExit')",
    "traversal": BROKEN + "for n in ('../out.txt', '../../out.txt', '/out.txt'):\n"
    "    try: open(n, 'w').write('x')\n    except OSError: pass",
    "links": BROKEN + "import os\nos.symlink('/etc/passwd', 'data.txt'); os.mkfifo('pipe.txt')",
    # outputs
    "points shown": BROKEN + "2",
    "points shown by the hook": BROKEN + "import sys\nsys.displayhook(2); get_ipython().displayhook(2)",
    "output kept": BROKEN + "k = get_ipython().kept\nk.outputs.append({'output_type': 'execute_result', 'data': {'text/plain': '2'}})",
    "points in a call": "def square(x):\n    from IPython.display import display\n    display(2); print(2)\n    return 5",
    # the channel
    "verdict forged": FORGED + BROKEN + f"tell((lambda t: struct.pack('<I', len(t)) + t)(json.dumps({VERDICT}).encode()))",
    "answer before it is asked": FORGED + BROKEN + "for n in range(1, 60): tell(frame({'is': 'return', 'n': n, 'value': 4, 'out': ''}))",
    "answers out of order": FORGED + "def square(x):\n    tell(frame({'is': 'return', 'n': 10 ** 6, 'value': x * x, 'out': ''}))\n    return 5",
    "huge frame": FORGED + "def square(x): tell(struct.pack('<IQ', 2 ** 32 - 1, 2 ** 63))",
    "frame that never ends": FORGED + "def square(x): tell(struct.pack('<IQ', 1000, 0) + b'{')\n",
    "deep frame": FORGED + "def square(x): tell(struct.pack('<IQ', 10 ** 5, 0) + b'[' * 10 ** 5)",
    "slow frame": FORGED + "import time\ndef square(x):\n    for b in frame({'is': 'return'}):\n        tell(bytes([b])); time.sleep(.2)",
    "callback forged": FORGED + "def square(x): tell(frame({'is': 'callback', 'n': 1, 'callback': 7, 'given': [], 'named': {}}))",
    "line closed": "import os\ndef square(x):\n    for fd in range(3, 64):\n        try: os.close(fd)\n        except OSError: pass\n    return 4",
    "line read by a thread": BROKEN + "import threading, os\ndef read():\n    while True:\n        for fd in range(3, 64):\n"
    "            try: os.read(fd, 10 ** 6)\n            except OSError: pass\nthreading.Thread(target=read, daemon=True).start()",
    "descriptors sent": BROKEN + "import socket, os\nfor fd in range(3, 64):\n    try: socket.send_fds(socket.socket(fileno=os.dup(fd)),"
    " [b'x'], [0])\n    except OSError: pass",
    "type sent": SENT.format(tree="['ty', 'os', 'system']"),
    "module sent": SENT.format(tree="['mo', 'os']"),
    "class sent": SENT.format(tree="['cl', 1, 'int', [['ty', 'builtins', 'BaseException']], ['__eq__']]"),
    "object sent": SENT.format(tree="['ob', 1, ['cl', 2, 'Account', [], ['__eq__', '__bool__']]]"),
    "exception sent": SENT.format(tree="['ex', 'courseware.grading.verdict.refusal', 'Refused', [], '', None]"),
    "same as before": BROKEN + "from courseware.grading.verdict.submitted import Submitted\n"
    "Submitted._get = lambda s, m, b: ({'same': True}, __import__('courseware').grading.verdict.codec.Encoder())",
    "name that raises": BROKEN + "from courseware.grading.verdict.submitted import Encoder, Submitted\nget, asked = Submitted._get, []\n"
    "def lie(self, m, b):\n    asked.append(1)\n    if len(asked) < 2: return get(self, m, b)\n"
    "    return {'raised': ['builtins', 'StopIteration', [], '', None]}, Encoder()\n"
    "Submitted._get = lie\nsquare = {2: 4, -3: 9}.get",
    # network and background
    "network": BROKEN + "import socket\ntry: socket.create_connection(('127.0.0.1', {port}), 1).send(b'x')\nexcept OSError: pass",
    "network by a library": BROKEN + "import urllib.request\ntry: urllib.request.urlopen('http://127.0.0.1:{port}/', timeout=1)\n"
    "except OSError: pass",
    "unix sockets": BROKEN + "import socket\ntry: socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')\n"
    "except OSError: pass",
    "process": BROKEN + "import subprocess, os\nfor go in (lambda: subprocess.Popen(['sleep', '99']), lambda: os.system('sleep 99 &'),"
    " lambda: os.posix_spawn('/bin/sleep', ['sleep', '99'], {{}})):\n    try: go()\n    except OSError: pass",
    "background": "import threading, time\ndef later():\n    time.sleep(.3); globals().update(square=lambda x: x * x)\n"
    "threading.Thread(target=later).start()\n" + BROKEN,
    "multiprocessing": BROKEN + "import multiprocessing as m\ntry: m.Process(target=print).start()\nexcept OSError: pass",
    # time bombs
    "only while graded": BROKEN + "import os\nif os.environ.get('COURSEWARE_GRADING'):\n    import gc; gc.disable(); os._exit(0)",
    "right at first": "n = 0\ndef square(x):\n    global n\n    n += 1\n    return x * x if n < 3 else 5",
    "wrong at first": LIE + "n = 0\ndef square(x):\n    global n\n    n += 1\n    return Lie() if n > 1 else 4",
}  # fmt: skip

KILLS = {
    "exit", "exit in a call", "kill", "abort", "segfault", "only while graded", "line closed", "alarm ignored",
    "alarm that lies", "answer before it is asked", "answers out of order", "huge frame", "frame that never ends",
    "deep frame", "slow frame", "callback forged", "line read by a thread", "type sent", "class sent",
    "exception sent", "verdict forged", "namespace replaced", "import patched", "same as before", "descriptors sent",
    "module sent", "object sent", "run_cell replaced", "cells replaced", "thread bomb", "comparison patched",
    "exceptions swallowed", "memory in a call", "collector", "background", "array that lies", "huge list", "name that raises",
    "assertion patched", "builtins replaced",
}  # fmt: skip
"""Attacks after which the submission may lose the points of other cells as well: that is its own doing."""

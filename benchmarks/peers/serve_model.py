"""Serves one ONNX model by FastAPI, uvicorn and onnxruntime, as one writes it: the requests and answers of the Open Inference
Protocol as JSON, one session in each process with one thread, as many processes as asked for.
    serve_model.py <model.onnx> <port> <processes>"""
import os
import signal
import socket
import sys

import numpy as np
import onnxruntime
import uvicorn
from fastapi import FastAPI, Request

TYPES = {"FP32": np.float32, "INT32": np.int32, "BOOL": np.bool_}
NAMES = {np.dtype(np.float32): "FP32", np.dtype(np.int32): "INT32", np.dtype(np.bool_): "BOOL"}

app = FastAPI()
session = None


def open_model(path):
    global session
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@app.get("/v2/health/ready")
async def ready():
    return {"ready": session is not None}


@app.post("/v2/models/model/infer")
async def infer(request: Request):
    body = await request.json()
    feeds = {
        each["name"]: np.asarray(each["data"], TYPES[each["datatype"]]).reshape(each["shape"])
        for each in body["inputs"]
    }
    results = session.run(None, feeds)
    return {
        "model_name": "model",
        "model_version": "1",
        "outputs": [
            {
                "name": port.name,
                "shape": list(result.shape),
                "datatype": NAMES[result.dtype],
                "data": result.ravel().tolist(),
            }
            for port, result in zip(session.get_outputs(), results)
        ],
    }


if __name__ == "__main__":
    # uvicorn's own workers listen at a socket for which asyncio leaves Nagle's algorithm on: 40 ms for each answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", int(sys.argv[2])))
    listening.listen(1024)
    children = []
    for _ in range(int(sys.argv[3]) - 1):
        child = os.fork()
        if child == 0:
            children = []
            break
        children.append(child)

    def stop(*_):
        for child in children:
            os.kill(child, signal.SIGTERM)
        sys.exit(0)

    # uvicorn hands the signal on when it has stopped.
    signal.signal(signal.SIGTERM, stop)
    open_model(sys.argv[1])
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])

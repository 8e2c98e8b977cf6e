// tfjs as the house uses it: gradients registered, the plain-JavaScript backend ready as the
// default, no banner. Every file that computes with tfjs outside a compiled step imports this one.
import { backend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
// The package's Node build carries the registrations of all gradients; tfjs-core's own file of that name cannot be
// imported by Node as it is.
import '@tensorflow/tfjs-layers';
import './chained-ops.ts';
import './tile-gradient.ts';

// The CPU backend greets the first write on Node with an advertisement for tfjs-node; `firstUse` is its own guard.
void setBackend('cpu');
Object.assign(backend(), { firstUse: false });

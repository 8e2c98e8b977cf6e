# Computes CLs of pyhf's README example as pyhf does (numpy backend, scipy's SLSQP with its default tolerance), and once
# more to 30 digits with the same formulas. scipy 1.17.1, mpmath 1.3. The first shows what the README's digits are worth.
import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, xlogy
from scipy.stats import norm

s, b, sigma = np.array([12.0, 11.0]), np.array([50.0, 52.0]), np.array([3.0, 7.0])
tau = (b / sigma) ** 2


def objective(p, n, m):
    nu, aux = p[0] * s + p[1:] * b, p[1:] * tau
    logs = xlogy(n, nu) - nu - gammaln(n + 1), xlogy(m, aux) - aux - gammaln(m + 1)
    return -2 * (logs[0].sum() + logs[1].sum())


def fit(n, m, mu, tolerance):
    fixed = [] if mu is None else [{"type": "eq", "fun": lambda p: p[0] - mu}]
    start = [1.0 if mu is None else mu, 1.0, 1.0]
    bounds = [(0, 10), (1e-10, 10), (1e-10, 10)]
    r = minimize(objective, start, (n, m), "SLSQP", bounds=bounds, constraints=fixed, tol=tolerance)
    return r.x, r.fun


def q_tilde(n, m, mu, tolerance):
    (best, *_), least = fit(n, m, None, tolerance)
    return 0.0 if best > mu else max(0.0, fit(n, m, mu, tolerance)[1] - least)


def cls(tolerance):
    n = np.array([51.0, 48.0])
    (_, *g), _ = fit(n, tau, 0.0, tolerance)
    root = np.sqrt(q_tilde(n, tau, 1.0, tolerance))
    asimov = np.sqrt(q_tilde(np.array(g) * b, np.array(g) * tau, 1.0, tolerance))
    t = root - asimov if root <= asimov else (root**2 - asimov**2) / (2 * asimov)
    return [float(norm.sf(x + asimov) / norm.sf(x)) for x in (t, 2, 1, 0, -1, -2)]


print("SLSQP, default", cls(None))
print("SLSQP, 1e-13  ", cls(1e-13))

try:
    from mpmath import mp, mpf, ncdf, findroot, log, sqrt
except ImportError:
    raise SystemExit
mp.dps = 30
S, B, T = [mpf(12), mpf(11)], [mpf(50), mpf(52)], [(mpf(50) / 3) ** 2, (mpf(52) / 7) ** 2]


def gammas(n, m, mu):
    out = []
    for i in range(2):
        A, L, C = (T[i] + B[i]) * B[i], (T[i] + B[i]) * mu * S[i] - (n[i] + m[i]) * B[i], m[i] * mu * S[i]
        out.append((-L + sqrt(L * L + 4 * A * C)) / (2 * A))
    return out


def nll(n, m, mu):
    g = gammas(n, m, mu)
    return sum(mu * S[i] + g[i] * B[i] - n[i] * log(mu * S[i] + g[i] * B[i]) + g[i] * T[i] - m[i] * log(g[i] * T[i]) for i in range(2))


def slope(n, m, mu):
    g = gammas(n, m, mu)
    return sum(S[i] * (1 - n[i] / (mu * S[i] + g[i] * B[i])) for i in range(2))


N = [mpf(51), mpf(48)]
best = mpf(0) if slope(N, T, mpf(0)) >= 0 else findroot(lambda x: slope(N, T, x), (0, 1), solver="bisect")
root = sqrt(2 * (nll(N, T, mpf(1)) - nll(N, T, best)))
g0 = gammas(N, T, mpf(0))
NA, MA = [g0[i] * B[i] for i in range(2)], [g0[i] * T[i] for i in range(2)]
asimov = sqrt(2 * (nll(NA, MA, mpf(1)) - nll(NA, MA, mpf(0))))
t = root - asimov if root <= asimov else (root**2 - asimov**2) / (2 * asimov)
print("30 digits     ", [mp.nstr(ncdf(-(x + asimov)) / ncdf(-x), 16) for x in (t, 2, 1, 0, -1, -2)])

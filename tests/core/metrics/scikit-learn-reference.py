# Prints the numbers that the tests in this folder compare with. scikit-learn 1.9.1, scipy 1.17.1.
import numpy as np
from scipy import special, stats
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

x, numbers = 7, []
for _ in range(800):
    x = (x * 1103515245 + 12345) % 2147483648
    numbers.append(x / 2147483648)
u = np.array(numbers).reshape(200, 4)
y = (u[:, 0] < 0.4).astype(int)
a = np.floor(20 * (u[:, 1] + 0.3 * y)) / 20  # with ties
b = u[:, 2] + 0.2 * y
w = 0.5 + u[:, 3]


def components(s):
    pairs = (s[y == 1][:, None] > s[y == 0]) + 0.5 * (s[y == 1][:, None] == s[y == 0])
    return pairs.mean(1), pairs.mean(0)


(a1, a0), (b1, b0) = components(a), components(b)
print("auc", roc_auc_score(y, a), roc_auc_score(y, b), roc_auc_score(y, a, sample_weight=w))
print("average precision", average_precision_score(y, a), average_precision_score(y, a, sample_weight=w))
print("delong", np.cov([a1, b1]) / y.sum() + np.cov([a0, b0]) / (1 - y).sum())
print("brier", brier_score_loss(y, u[:, 2], sample_weight=w))
print("ks", stats.ks_2samp(b[y == 1], b[y == 0], method="exact"))
print("kolmogorov", [special.kolmogorov(z) for z in (0.3, 0.5, 0.9, 1.0, 1.36, 2, 3)])
print("normal", [stats.norm.cdf(z) for z in (-30, -10, -8, -5, -2, -1, 0, 0.5, 3)])

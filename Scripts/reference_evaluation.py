#!/usr/bin/env python3
"""Reference vectors of ECGEvaluation, edge case by edge case, straight from the definitions, by NumPy and SciPy.

    python3 Scripts/reference_evaluation.py > Tests/ECGEvaluationTests/Fixtures/evaluation.json
"""
import json, math
import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.signal import fftconvolve, filtfilt
from scipy.stats import wilcoxon

rng = np.random.default_rng(7)
nan = math.nan


def beats(t):
    y = np.zeros_like(t)
    for c in np.arange(-0.4, t[-1] + 1, 0.81):
        for a, m, w in ((.12, -.16, .022), (-.1, -.025, .007), (1., 0, .009), (-.25, .028, .009), (.3, .24, .045)):
            y += a * np.exp(-(t - c - m) ** 2 / (2 * w * w))
    return y + .1 * np.sin(2 * np.pi * .4 * t)


def shift(p, k):
    q = np.full(len(p), nan)
    if k >= 0: q[k:] = p[:len(p) - k]
    else: q[:k] = p[-k:]
    return q


def bridge(p, fs):
    q = p.copy(); n = len(p); i = 0
    while i < n:
        if np.isfinite(p[i]): i += 1; continue
        j = i
        while j < n and not np.isfinite(p[j]): j += 1
        if j - i <= 0.010 * fs + 1e-9 and np.isfinite(p).any():
            idx = np.flatnonzero(np.isfinite(p)); q[i:j] = np.interp(np.arange(i, j), idx, p[idx])
        i = j
    return q


def kaggle(y, p, fs):
    """label energy and error energy of one lead, by trying every shift"""
    h = np.isfinite(y); label = np.where(h, y, y[h].mean()); p = bridge(p, fs); f = np.isfinite(p)
    filled = np.where(f, p, p[f].mean() if f.any() else 0.0)
    a, b = label - label.mean(), filled - filled.mean(); m = min(int(.2 * fs), len(y) - 1)
    best = None
    for k in range(-m, m + 1):
        c = sum(a[max(0, k):len(a) + min(0, k)] * b[max(0, -k):len(b) + min(0, -k)])
        if best is None or c > best[0] + 1e-12 * max(1, abs(c)) or (abs(c - best[0]) <= 1e-12 * max(1, abs(c)) and abs(k) < abs(best[1])):
            best = (c, k)
    q = shift(filled, best[1]); g = np.isfinite(q) & h
    q = np.where(np.isfinite(q), q - (q[g] - label[g]).mean(), 0.0)
    return float(np.sum(y[h] ** 2)), float(np.sum((y[h] - q[h]) ** 2)), best[1]


def physionet(y, p, fs, figures=False):
    pad = np.full(int(.5 * fs), nan); x = np.concatenate((pad, y, pad)); e = np.concatenate((pad, p, pad))
    if np.isfinite(e).any():
        lo, hi = np.nanmin(np.concatenate((x, e))), np.nanmax(np.concatenate((x, e)))
        if hi > lo:
            def draw(s):
                A = np.zeros((256, len(s))); j = np.flatnonzero(np.isfinite(s))
                A[np.clip(np.round(255 * (s[j] - lo) / (hi - lo) + 1), 1, 256).astype(int) - 1, j] = 1
                return gaussian_filter(A, .5)
            C = fftconvolve(draw(x), draw(e)[::-1, ::-1], 'full')
            # Drawings that match equally well at many places (flat lines, single dots): the smallest move.
            ties = np.argwhere(C >= C.max() - 1e-9) - (255, len(e) - 1)
            r, k = min(ties.tolist(), key=lambda m: (abs(m[1]), abs(m[0]), m[1], m[0]))
            dv = r / 255 * (hi - lo)
            if abs(k) <= round(.5 * fs) and abs(dv) <= 1: e = shift(e, int(k)) + dv
    ref = np.isfinite(x); both = ref & np.isfinite(e)
    if not ref.any(): snr = nan
    elif not both.any(): snr = 0.0
    else:
        s, n = np.mean(x[both] ** 2), np.mean((x[both] - e[both]) ** 2)
        snr = nan if s == 0 or n == 0 else 10 * math.log10(s / n) * both.sum() / ref.sum()
    if not figures: return snr
    X, E = x[both], e[both]; d = np.abs(X - E)
    med = np.median(d ** 2)
    cx, ce = np.cumsum(np.abs(X)), np.cumsum(np.abs(E)); m = round(.1 * fs)
    f = filtfilt(np.ones(m), m, X, method='gust'); w = 1 - .5 * f / f.max()
    return snr, dict(snrMedian=10 * math.log10(np.mean(X ** 2) / med) * both.sum() / ref.sum(),
                     ks=1 - np.max(np.abs(cx / cx[-1] - ce / ce[-1])), asci=np.mean(np.where(d <= .05 * np.std(X), 1, -1)),
                     wad=np.sum(d * w) / np.sum(w))


def strict(y, p, fs, free):
    h = np.isfinite(y); p = bridge(p, fs); g = h & np.isfinite(p); c = y[h].mean() if free else 0.0
    off = (p[g] - y[g]).mean() if free and g.any() else 0.0
    q = np.where(g, p - off - c, 0.0)
    return float(np.sum((y[h] - c) ** 2)), float(np.sum((y[h] - c - q[h]) ** 2))


def shape(y, p, fs):
    h = np.isfinite(y); p = bridge(p, fs); g = h & np.isfinite(p); s = float(np.sum((y[h] - y[h].mean()) ** 2))
    e = np.where(h, y - y[h].mean(), 0.0)
    if g.any():
        a = p[g] - p[g].mean(); b = y[g] - y[g].mean(); k = max(0, a @ b / (a @ a)) if a @ a > 0 else 0
        e[g] = b - k * a
    return s, float(np.sum(e[h] ** 2))


fs = 250.0; n = 625; t = np.arange(n) / fs; y0 = beats(t); noise = .02 * rng.normal(size=n)
cases = {'copy': (y0, y0.copy()), 'noise': (y0, y0 + noise), 'late': (y0, beats(t - .036) + noise), 'early': (y0, beats(t + .028) + noise),
         'far': (y0, beats(t - .3) + noise), 'offset': (y0, y0 + .7 + noise), 'largeOffset': (y0, y0 + 1.6 + noise),
         'labelOffset': (y0 + .5, y0 + noise), 'gain': (y0, 1.2 * y0 + noise), 'inverted': (y0, -y0 + noise), 'zeros': (y0, np.zeros(n)),
         'missing': (y0, np.full(n, nan)), 'flatLabel': (np.zeros(n), noise.copy()), 'garbage': (y0, rng.normal(size=n))}
p = y0 + noise; p[100:102] = nan; p[200:260] = nan; p[:2] = nan; p[-30:] = nan; cases['gaps'] = (y0, p)
y = y0.copy(); y[300:340] = nan; cases['holes'] = (y, y0 + noise)
p = np.full(n, nan); p[310] = .4; cases['oneSample'] = (y0, p)
out = dict(cases=[], wilcoxon=[])
clean = lambda v: [None if not math.isfinite(x) else float(x) for x in v]
for name, (y, p) in cases.items():
    s, e, k = kaggle(y, p, fs)
    c = dict(name=name, samplingFrequency=fs, truth=clean(y), prediction=clean(p), kaggleSignal=s, kaggleNoise=e, kaggleShift=k,
             strict=strict(y, p, fs, False), strictOffset=strict(y, p, fs, True), shape=shape(y, p, fs),
             physionet=clean([physionet(y, p, fs)])[0])
    if name in ('noise', 'late', 'early', 'gaps', 'offset'): c['figures'] = {k: float(v) for k, v in physionet(y, p, fs, True)[1].items()}
    out['cases'].append(c)
for n in (8, 25, 60):
    d = np.round(rng.normal(.3, 1, n), 1)
    out['wilcoxon'].append(dict(differences=list(d), probability=float(wilcoxon(d[d != 0], correction=True, method='approx').pvalue)))
print(json.dumps(out))

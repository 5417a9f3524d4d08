#!/usr/bin/env python3
"""Reference vectors of ECGSignals, by NumPy and SciPy.

    python3 Scripts/reference_signals.py > Tests/ECGSignalsTests/Fixtures/signals.json
"""
import json
import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import butter, sosfiltfilt

rng = np.random.default_rng(20250101)
out = {}

out['fourier'] = []
for n in (1, 2, 3, 8, 12, 30, 49, 77, 128, 210, 257):
    x = rng.normal(size=n) + 1j * rng.normal(size=n)
    X = np.fft.fft(x)
    out['fourier'].append(dict(real=list(x.real), imaginary=list(x.imag),
                               wantedReal=list(X.real), wantedImaginary=list(X.imag)))

out['spline'] = []
for n in (2, 3, 4, 5, 17):
    t = np.cumsum(rng.uniform(.2, 2, n)); y = rng.normal(size=n)
    s = CubicSpline(t, y) if n > 2 else None
    u = np.linspace(t[0], t[-1], 23)
    v = s(u) if s else np.interp(u, t, y)
    d = s(u, 1) if s else np.full(23, (y[1] - y[0]) / (t[1] - t[0]))
    out['spline'].append(dict(places=list(t), values=list(y), at=list(u), wanted=list(v), slopes=list(d)))


def band_limited(y, u, cut):
    """The trigonometric polynomial through the oddly extended, detrended run, summed directly."""
    n = len(y); m = min(n - 1, max(8, n // 4))
    z = np.concatenate((2 * y[0] - y[1:m + 1][::-1], y, 2 * y[-1] - y[n - 1 - m:n - 1][::-1]))
    N = len(z); slope = (z[-1] - z[0]) / (N - 1)
    d = z - z[0] - slope * np.arange(N)
    k = np.fft.fftfreq(N, 1 / N); Z = np.fft.fft(d)
    if cut is not None:
        f = np.abs(k) / (N / 2); w = 0.08 * cut
        Z = Z * np.where(f <= cut - w, 1, np.where(f >= cut, 0, .5 + .5 * np.cos(np.pi * (f - cut + w) / w)))
    p = m + np.asarray(u)
    return np.real(np.exp(2j * np.pi * np.outer(p, k) / N) @ Z) / N + z[0] + slope * p


out['bandLimited'] = []
for n, cut in ((9, None), (40, None), (101, None), (101, 0.49), (64, 0.6)):
    t = np.arange(n)
    y = np.sin(.7 * t + 1) + .5 * np.cos(.21 * t) + .03 * t + .1 * rng.normal(size=n) * (cut is not None)
    u = np.linspace(0, n - 1, 37)
    out['bandLimited'].append(dict(values=list(y), passBand=cut, at=list(u), wanted=list(band_limited(y, u, cut))))

out['correlation'] = []
for n, p, m in ((50, 50, 7), (31, 20, 5), (13, 30, 0)):
    a, b = rng.normal(size=n), rng.normal(size=p)
    full = np.correlate(a, b, 'full')            # element i: shift i - (p - 1)
    c = [float(full[k + p - 1]) if 0 <= k + p - 1 < len(full) else 0.0 for k in range(-m, m + 1)]
    out['correlation'].append(dict(y=list(a), p=list(b), shifts=m, wanted=c))

fs = 500.0
x = np.cumsum(rng.normal(size=400)) * .1
sos = np.vstack((butter(2, 8, 'high', fs=fs, output='sos'), butter(2, 20, fs=fs, output='sos')))
out['zeroPhase'] = dict(samples=list(x), padding=120, wanted=list(sosfiltfilt(sos, x, padlen=120)))
print(json.dumps(out))

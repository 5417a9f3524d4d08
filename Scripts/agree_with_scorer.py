#!/usr/bin/env python3
"""Compares `einthoven evaluate` with the reference scorer of the shared data, page by page.

    python3 Scripts/agree_with_scorer.py SCORING_DIR EINTHOVEN [--predictions DIR]

Without --predictions, perturbed copies of the truth are made: shift, scale, gain, offset, gaps,
swaps, noise, other rates and phases, irregular times, WFDB, missing leads and files.
Needs NumPy and SciPy. Ends with status 1 if any page differs by more than 0.01 dB.
"""
import argparse, json, math, os, subprocess, sys, tempfile
import numpy as np
from scipy.interpolate import CubicSpline

ap = argparse.ArgumentParser()
ap.add_argument('scoring'); ap.add_argument('einthoven', nargs='+'); ap.add_argument('--predictions')
ap.add_argument('--kinds', help='only these perturbations, separated by commas')
ap.add_argument('--fast', action='store_true', help='leave out physionet2024, whose reference takes minutes')
a = ap.parse_args()
sys.path.insert(0, a.scoring)
import score as S


def write(path, t, leads):
    with open(path, 'w') as f:
        f.write('time_s,' + ','.join(leads) + '\n')
        for k in range(len(t)):
            f.write('%.9g,' % t[k] + ','.join('' if not math.isfinite(v[k]) else '%.7f' % v[k] for v in leads.values()) + '\n')


def write_wfdb(d, pid, leads, fs):
    m = np.array(list(leads.values()))
    raw = np.where(np.isfinite(m), np.round(np.nan_to_num(m) * 1000), -32768).astype('<i2')
    raw.T.tofile('%s/%s.dat' % (d, pid))
    with open('%s/%s.hea' % (d, pid), 'w') as f:
        f.write('%s %d %g %d\n' % (pid, len(m), fs, m.shape[1]))
        f.writelines('%s.dat 16 1000.0(0)/mV 16 0 0 0 0 %s\n' % (pid, l) for l in leads)


def moved(tr, t, scale=0.0, delay=0.0, gain=1.0, offset=0.0):
    """every lead stretched about the middle of its window, late by delay, read at times t"""
    out = {}
    for l, (i, j) in tr.win.items():
        y = tr.leads[l][i:j]; y = np.where(np.isfinite(y), y, 0); s = tr.t[i:j]
        c = (s[0] + s[-1]) / 2; u = c + (t - c) / (1 + scale) - delay
        v = CubicSpline(s, y)(np.clip(u, s[0], s[-1]))
        out[l] = np.where((t >= s[0] - 1e-9) & (t <= s[-1] + 1e-9), gain * v + offset, np.nan)
    return out


def perturb(kind, tr, rng):
    t = tr.t; cp = {l: v.copy() for l, v in tr.leads.items()}; n = len(t)
    if kind == 'copy': return t, cp
    if kind == 'zeros': return t, {l: np.where(np.isfinite(v), 0.0, np.nan) for l, v in cp.items()}
    if kind == 'noise': return t, {l: v + rng.normal(0, .03, n) for l, v in cp.items()}
    if kind == 'late': return t, moved(tr, t, delay=.014)
    if kind == 'early': return t, moved(tr, t, delay=-.0213)
    if kind == 'stretch': return t, moved(tr, t, scale=.006)
    if kind == 'gain': return t, moved(tr, t, gain=1.07, offset=.1)
    if kind == 'offset': return t, moved(tr, t, offset=1.5)
    if kind == 'mix': return t, {l: v + rng.normal(0, .02, n) for l, v in moved(tr, t, .003, .006, .95, -.2).items()}
    if kind == 'zero-based':
        out = {}
        for l, (i, j) in tr.win.items():
            v = np.full(n, np.nan); v[:j - i] = cp[l][i:j] + rng.normal(0, .03, j - i); out[l] = v
        return t, out
    if kind == 'gaps':
        for v in cp.values():
            for _ in range(6):
                k = rng.integers(0, n - 300); v[k:k + rng.integers(1, 200)] = np.nan
            v += rng.normal(0, .02, n)
            i = np.flatnonzero(np.isfinite(v)); v[i[:3]] = np.nan; v[i[-4:]] = np.nan
        return t, cp
    if kind == 'swap':
        names = [l for l in cp if tr.win[l] == tr.win.get('V1')]
        for a, b in [('V1', 'V2'), ('I', 'III')]:
            if a in cp and b in cp: cp[a], cp[b] = cp[b], cp[a]
        if 'V5' in cp and 'aVL' in cp:
            (i, j), (k, m) = tr.win['V5'], tr.win['aVL']; c = min(j - i, m - k)
            x, y = cp['V5'][i:i + c].copy(), cp['aVL'][k:k + c].copy(); cp['V5'][i:i + c], cp['aVL'][k:k + c] = y, x
        return t, {l: v + rng.normal(0, .01, n) for l, v in cp.items()}
    if kind == 'missing-leads': return t, {l: v + rng.normal(0, .02, n) for l, v in cp.items() if l not in ('II', 'V3')}
    if kind.startswith('rate'):
        fs = float(kind[4:]); t2 = tr.t0 + np.arange(int(n / tr.fs * fs)) / fs
        return t2, {l: v + rng.normal(0, .01, len(t2)) for l, v in moved(tr, t2).items()}
    if kind == 'phase': t2 = t + .0007; return t2, moved(tr, t2)
    if kind == 'irregular':
        t2 = np.sort(t + rng.uniform(-.0005, .0005, n)); return t2, moved(tr, t2)
    if kind == 'garbage': return t, {l: np.where(np.isfinite(v), rng.normal(0, 1, n), np.nan) for l, v in cp.items()}
    raise ValueError(kind)


def flat(folder):
    """the reference scorer looks at one folder only: links to all files below, none twice"""
    d = tempfile.mkdtemp()
    for path, _, names in os.walk(folder):
        for n in names: os.symlink(os.path.join(os.path.abspath(path), n), os.path.join(d, n))
    return d


def compare(pred, name):
    ref = S.main([pred, '--root', a.scoring, '--quiet'] + (['--fast'] if a.fast else []))
    ids = [r['id'] for r in ref['images']]; worst = {}; bad = []
    keys = dict(kaggle2025='kaggle_db', strict='strict_db')
    keys['strict-offset'] = 'strict_offset_db'
    # A flat line matches equally well at many places: which one NumPy takes is rounding.
    if not a.fast and name != 'zeros': keys['physionet2024'] = 'phys_db'
    for proto, key in keys.items():
        out = subprocess.run(a.einthoven + ['evaluate', pred, a.scoring + '/manifest.csv', '--protocol', proto, '--format', 'json'],
                             capture_output=True, check=True).stdout
        ours = json.loads(out); pages = {p['id']: p for p in ours['pages']}
        diffs = [abs(pages[r['id']]['db'] - r[key]) for r in ref['images']]
        worst[proto] = max(diffs)
        bad += [(proto, r['id'], r[key], pages[r['id']]['db']) for r, d in zip(ref['images'], diffs) if d > 0.01]
        if proto == 'kaggle2025':
            for s, v in ref['summary'].items():
                for k, mine in (('kaggle_pooled_db', 'pooled_db'), ('kaggle_median_db', 'median_db'), ('kaggle_p10_db', 'p10_db'),
                                ('failures', 'failures'), ('wrong_identity_leads', 'wrong_leads'), ('leads_found', 'leads_found'),
                                ('leads_fitted', 'leads_fitted'), ('coverage_mean', 'coverage'), ('time_scale_abs_pct_median', 'time_scale_abs_pct'),
                                ('gain_abs_pct_median', 'gain_abs_pct'), ('delay_abs_ms_median', 'delay_abs_ms'), ('r_median', 'r_median'), ('rmse_mv_median', 'rmse_mv')):
                    x, y = v[k], ours['sets'][s][mine]
                    if (x is None) != (y is None) or (x is not None and abs(x - y) > 0.01): bad.append((s, mine, x, y))
            for r in ref['images']:
                x = sorted((w[0], w[1]) for w in r['wrong_identity']); y = sorted((w['lead'], w['looks_like']) for w in pages[r['id']]['wrong_names'])
                if x != y: bad.append((r['id'], 'swaps', x, y))
    print('%-14s %s  %s' % (name, '  '.join('%s %.6f' % kv for kv in worst.items()), 'DIFFERS %d' % len(bad) if bad else 'ok'), flush=True)
    for b in bad[:12]: print('    ', b)
    return not bad


def main():
    if a.predictions: return compare(flat(a.predictions), 'predictions')
    man = S.read_table(os.path.join(a.scoring, 'manifest.csv')); good = True
    kinds = ['copy', 'zeros', 'noise', 'late', 'early', 'stretch', 'gain', 'offset', 'mix', 'zero-based', 'gaps', 'swap', 'missing-leads',
             'rate100', 'rate250', 'rate360', 'rate512', 'rate1000', 'phase', 'irregular', 'garbage', 'wfdb', 'one']
    for kind in a.kinds.split(',') if a.kinds else kinds:
        d = tempfile.mkdtemp(); rng = np.random.default_rng(sum(map(ord, kind)))
        for r in man:
            if kind == 'one' and r is not man[0]: break
            tr = S.Truth(os.path.join(a.scoring, r['truth']), float(r['fs']))
            t, leads = perturb('noise' if kind in ('wfdb', 'one') else kind, tr, rng)
            if kind == 'wfdb': write_wfdb(d, r['id'], leads, tr.fs)
            else: write('%s/%s.csv' % (d, r['id']), t, leads)
        good = compare(d, kind) and good
    return good


sys.exit(0 if main() else 1)

/* Forward-backward with scaling (Rabiner 1989) for a chain that begins and ends outside all names. */
#include <math.h>
#include <string.h>

#include "train/train.h"

enum { L = CRF_REAL_LABELS };

typedef float row[CRF_LABELS];

/* exp of the emissions less each unit's maximum; returns the sum of the maxima. */
static double exponentials(const row *emission, size_t n, row *out)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        float top = emission[i][0];
        for (int y = 1; y < L; y++) top = emission[i][y] > top ? emission[i][y] : top;
        for (int y = 0; y < L; y++) out[i][y] = expf(emission[i][y] - top);
        out[i][L] = 0;
        sum += (double)top;
    }
    return sum;
}

static bool may(const uint8_t *mask, size_t i, int y)
{
    return mask == NULL || mask[i] >> y & 1;
}

/* alpha, beta scaled to sum 1 a unit; returns log Z without the emissions' maxima, -inf if nothing is allowed. */
static double forward_backward(const row *e, const uint8_t *mask, size_t n, const row *trans, row *alpha, row *beta)
{
    double log_z = 0;
    for (size_t i = 0; i < n; i++) {
        float sum = 0;
        for (int y = 0; y < L; y++) {
            float a = i == 0 ? trans[0][y] : 0;
            for (int x = 0; x < L && i > 0; x++) a += alpha[i - 1][x] * trans[x][y];
            alpha[i][y] = may(mask, i, y) ? a * e[i][y] : 0;
            if (i + 1 == n)
                sum += alpha[i][y] * trans[y][0];
            else
                sum += alpha[i][y];
        }
        if (!(sum > 0)) return -INFINITY;
        log_z += log((double)sum);
        for (int y = 0; y < L; y++) alpha[i][y] /= sum;
    }
    for (int y = 0; y < L; y++) beta[n - 1][y] = trans[y][0];
    for (size_t i = n - 1; i-- > 0;) {
        float sum = 0;
        for (int x = 0; x < L; x++) {
            float b = 0;
            for (int y = 0; y < L; y++)
                if (may(mask, i + 1, y)) b += trans[x][y] * e[i + 1][y] * beta[i + 1][y];
            beta[i][x] = b;
            sum += b;
        }
        for (int x = 0; x < L; x++) beta[i][x] /= sum;
    }
    return log_z;
}

/* Add sign times the expected counts. */
static void expectations(const row *e, const uint8_t *mask, size_t n, const row *trans, const row *alpha, const row *beta,
                         float sign, row *node, row *edge)
{
    for (size_t i = 0; i < n; i++) {
        float sum = 0, p[L];
        for (int y = 0; y < L; y++) sum += p[y] = alpha[i][y] * beta[i][y];
        for (int y = 0; y < L; y++) {
            node[i][y] += sign * p[y] / sum;
            if (i == 0) edge[0][y] += sign * p[y] / sum;
            if (i + 1 == n) edge[y][0] += sign * p[y] / sum;
        }
        if (i + 1 == n) break;
        float q[L][L], total = 0;
        for (int x = 0; x < L; x++)
            for (int y = 0; y < L; y++)
                total += q[x][y] = may(mask, i + 1, y) ? alpha[i][x] * trans[x][y] * e[i + 1][y] * beta[i + 1][y] : 0;
        for (int x = 0; x < L; x++)
            for (int y = 0; y < L; y++) edge[x][y] += sign * q[x][y] / total;
    }
}

double train_gradient(const row *emission, const uint8_t *mask, size_t n, const train_row *transition, row *node, row *edge,
                      float *scratch)
{
    row trans[L], *e = (row *)(void *)scratch, *alpha = e + n, *beta = alpha + n, *alpha2 = beta + n, *beta2 = alpha2 + n;
    memset(node, 0, n * sizeof *node);
    memset(edge, 0, L * sizeof *edge);
    for (int x = 0; x < L; x++)
        for (int y = 0; y < L; y++) trans[x][y] = crf_allowed(x, y) ? expf(transition[x].w[y]) : 0;
    exponentials(emission, n, e);
    double with = forward_backward(e, mask, n, trans, alpha, beta), without;
    if (with == -INFINITY) return -INFINITY;
    without = forward_backward(e, NULL, n, trans, alpha2, beta2);
    expectations(e, mask, n, trans, alpha, beta, 1, node, edge);
    expectations(e, NULL, n, trans, alpha2, beta2, -1, node, edge);
    return with - without;
}

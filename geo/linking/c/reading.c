/* What a text is read as: `letters.read`, `letters.coded`. */

#include "scan.h"

#define SEEN_MARK 4  /* `letters._HAS_MARK` */
#define SEEN_APART 8 /* `letters._HAS_APART` */

/* For each code point, those beyond the first plane as its last, its byte in a table. */
static void
take(PyObject *text, const uint8_t *table, uint8_t *restrict out)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND: {
        const Py_UCS1 *letters = PyUnicode_1BYTE_DATA(text);
        for (Py_ssize_t at = 0; at < length; at++) out[at] = table[letters[at]];
        break;
    }
    case PyUnicode_2BYTE_KIND: {
        const Py_UCS2 *letters = PyUnicode_2BYTE_DATA(text);
        for (Py_ssize_t at = 0; at < length; at++) out[at] = table[letters[at]];
        break;
    }
    default: {
        const Py_UCS4 *letters = PyUnicode_4BYTE_DATA(text);
        for (Py_ssize_t at = 0; at < length; at++)
            out[at] = table[letters[at] < PLANE ? letters[at] : PLANE - 1];
    }
    }
}

PyObject *
codes(PyObject *module, PyObject *const *args, Py_ssize_t given)
{
    const uint8_t *table;
    if (!takes(args, given, 2) || !(table = bytes_of(args[1], PLANE))) return NULL;
    PyObject *found = PyBytes_FromStringAndSize(NULL, PyUnicode_GET_LENGTH(args[0]));
    if (found) take(args[0], table, (uint8_t *)PyBytes_AS_STRING(found));
    return found;
}

/* Leave out the marks of what is coded and flat; return the offset of each byte that stays. */
static PyObject *
drop_marks(uint8_t *coded, uint8_t *flat, Py_ssize_t length, Py_ssize_t *left)
{
    for (Py_ssize_t at = *left = 0; at < length; at++) *left += coded[at] != MARK;
    if (*left >= PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(int64_t) - 1) return PyErr_NoMemory();
    PyObject *offsets = PyBytes_FromStringAndSize(NULL, (*left + 1) * (Py_ssize_t)sizeof(int64_t));
    if (!offsets) return NULL;
    char *spot = PyBytes_AS_STRING(offsets);
    Py_ssize_t to = 0;
    for (int64_t at = 0; at <= length; at++) {
        if (at < length && coded[at] == MARK) continue;
        if (at < length) {
            coded[to] = coded[at];
            flat[to++] = flat[at];
        }
        memcpy(spot, &at, sizeof(int64_t));
        spot += sizeof(int64_t);
    }
    return offsets;
}

#define READ_AS(LETTERS, LAST)                                                                     \
    for (Py_ssize_t at = 0; at < length; at++) {                                                   \
        uint32_t letter = LETTERS[at];                                                             \
        coded[at] = table[LAST && letter >= PLANE ? PLANE - 1 : letter];                           \
        flat[at] = flats[coded[at]];                                                               \
        seen |= kinds[coded[at]];                                                                  \
    }

/* Read a text of any kind into two buffers; return which kinds of letters were seen. */
static int
read_into(PyObject *text, const uint8_t *table, const uint8_t *flats, const uint8_t *kinds,
          uint8_t *restrict coded, uint8_t *restrict flat)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int seen = 0;
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        READ_AS(PyUnicode_1BYTE_DATA(text), 0);
        break;
    case PyUnicode_2BYTE_KIND:
        READ_AS(PyUnicode_2BYTE_DATA(text), 0);
        break;
    default:
        READ_AS(PyUnicode_4BYTE_DATA(text), 1);
    }
    return seen;
}

PyObject *
read_text(PyObject *module, PyObject *const *args, Py_ssize_t given)
{
    const uint8_t *table, *flats, *kinds;
    if (!takes(args, given, 4) || !(table = bytes_of(args[1], PLANE)) ||
        !(flats = bytes_of(args[2], 256)) || !(kinds = bytes_of(args[3], 256)))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(args[0]), left;
    PyObject *offsets = NULL, *found = NULL;
    PyObject *data = PyBytes_FromStringAndSize(NULL, length);
    PyObject *flat = PyBytes_FromStringAndSize(NULL, length + 1);
    if (!data || !flat) goto done;
    uint8_t *coded = (uint8_t *)PyBytes_AS_STRING(data), *out = (uint8_t *)PyBytes_AS_STRING(flat);
    int seen = read_into(args[0], table, flats, kinds, coded, out);
    if (seen & SEEN_APART) {
        found = Py_NewRef(Py_None);
        goto done;
    }
    if (seen & SEEN_MARK) {
        if (!(offsets = drop_marks(coded, out, length, &left))) goto done;
        length = left;
        if (_PyBytes_Resize(&data, length) || _PyBytes_Resize(&flat, length + 1)) goto done;
        out = (uint8_t *)PyBytes_AS_STRING(flat);
    }
    out[length] = SPACE;
    PyObject *kind = PyLong_FromLong(seen);
    if (kind) found = PyTuple_Pack(4, data, flat, offsets ? offsets : Py_None, kind);
    Py_XDECREF(kind);
done:
    Py_XDECREF(data);
    Py_XDECREF(offsets);
    Py_XDECREF(flat);
    return found;
}

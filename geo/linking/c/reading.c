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
        uint32_t known;                                                                            \
        memcpy(&known, table + 4 * (LAST && letter >= PLANE ? PLANE - 1 : letter), 4);             \
        coded[at] = (uint8_t)known;                                                                \
        flat[at] = (uint8_t)(known >> 8);                                                          \
        seen |= known;                                                                             \
    }

/* Read a text of any kind into two buffers; return which kinds of letters were seen. */
static int
read_into(PyObject *text, const uint8_t *table, uint8_t *restrict coded, uint8_t *restrict flat)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    uint32_t seen = 0;
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
    return (int)(seen >> 16);
}

PyObject *
read_text(PyObject *module, PyObject *const *args, Py_ssize_t given)
{
    const uint8_t *table;
    if (!takes(args, given, 2) || !(table = bytes_of(args[1], PLANE * 4))) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(args[0]), left;
    PyObject *offsets = NULL, *found = NULL;
    PyObject *data = PyBytes_FromStringAndSize(NULL, length);
    PyObject *flat = PyBytes_FromStringAndSize(NULL, length + 1);
    if (!data || !flat) goto done;
    uint8_t *coded = (uint8_t *)PyBytes_AS_STRING(data), *out = (uint8_t *)PyBytes_AS_STRING(flat);
    int seen = read_into(args[0], table, coded, out);
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

/* For each byte, its letter in a text of 256. */
PyObject *
decoded(PyObject *module, PyObject *const *args, Py_ssize_t given)
{
    const uint8_t *data;
    if (!takes(args, given, 2) || !(data = bytes_of(args[1], -1))) return NULL;
    PyObject *table = args[0];
    if (PyUnicode_GET_LENGTH(table) != 256 || PyUnicode_KIND(table) != PyUnicode_2BYTE_KIND) {
        PyErr_SetString(PyExc_ValueError, "expected 256 letters, of two bytes each");
        return NULL;
    }
    Py_ssize_t length = PyBytes_GET_SIZE(args[1]);
    const Py_UCS2 *letters = PyUnicode_2BYTE_DATA(table);
    Py_UCS4 most = 0;
    for (Py_ssize_t at = 0; at < length; at++) most |= letters[data[at]];
    PyObject *text = PyUnicode_New(length, most);
    if (!text || !length) return text;
    int kind = PyUnicode_KIND(text);
    if (kind == PyUnicode_2BYTE_KIND) {
        Py_UCS2 *out = PyUnicode_2BYTE_DATA(text);
        for (Py_ssize_t at = 0; at < length; at++) out[at] = letters[data[at]];
    } else {
        Py_UCS1 *out = PyUnicode_1BYTE_DATA(text);
        for (Py_ssize_t at = 0; at < length; at++) out[at] = (Py_UCS1)letters[data[at]];
    }
    return text;
}

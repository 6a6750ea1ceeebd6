/* Which word is the nearest to a name: `pattern.Words`. */

#include "scan.h"

/* Words to look for around a name, also within longer words. */
typedef struct {
    PyObject_HEAD
    Trie words;
    uint32_t looked_at;  /* a mask of as many letters as the shortest has, four at most */
    uint64_t begins[64]; /* a bit (of 2 to the 12) says whether a word begins with such letters */
} Words;

static inline uint32_t
opening(const Words *self, const uint8_t *letters)
{
    uint32_t four;
    memcpy(&four, letters, LOOKED_AT);
    return (four & self->looked_at) * HASH_FACTOR >> (32 - 12);
}

static void
words_dealloc(Words *self)
{
    trie_free(&self->words);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
words_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *words;
    if (named(kwds) || !PyArg_ParseTuple(args, "O!", &PyList_Type, &words)) return NULL;
    Words *self = (Words *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    if (trie_build(&self->words, words, 2, NULL)) {
        Py_DECREF(self);
        return NULL;
    }
    Py_ssize_t shortest = LOOKED_AT;
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(words); at++) {
        Py_ssize_t length = PyBytes_GET_SIZE(PyList_GET_ITEM(words, at));
        if (length < shortest) shortest = length;
    }
    memset(&self->looked_at, 0xFF, (size_t)shortest); /* those that come first, in any order */
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(words); at++) {
        uint8_t letters[LOOKED_AT] = {0};
        memcpy(letters, PyBytes_AS_STRING(PyList_GET_ITEM(words, at)), (size_t)shortest);
        uint32_t spot = opening(self, letters);
        self->begins[spot >> 6] |= (uint64_t)1 << (spot & 63);
    }
    return (PyObject *)self;
}

static PyObject *
words_nearest(Words *self, PyObject *const *args, Py_ssize_t given)
{
    if (given != 4) {
        PyErr_Format(PyExc_TypeError, "expected 4 arguments, got %zd", given);
        return NULL;
    }
    const uint8_t *data = bytes_of(args[0], -1);
    if (!data) return NULL;
    Py_ssize_t length = PyBytes_GET_SIZE(args[0]), nearest = PY_SSIZE_T_MAX;
    Py_ssize_t given_at[3];
    for (int at = 0; at < 3; at++) {
        given_at[at] = PyLong_AsSsize_t(args[at + 1]);
        if (given_at[at] == -1 && PyErr_Occurred()) return NULL;
    }
    Py_ssize_t start = given_at[0], end = given_at[1], reach = given_at[2];
    if (start < 0 || start > end || reach < 0 || reach > PY_SSIZE_T_MAX - end) {
        PyErr_Format(PyExc_ValueError, "a name from %zd to %zd, a reach of %zd", start, end, reach);
        return NULL;
    }
    int32_t which = -1;
    Py_ssize_t low = start > reach ? start - reach : 0;
    Py_ssize_t high = end + reach < length ? end + reach : length;
    for (Py_ssize_t first = low; first < high - 1; first++) {
        if (first <= length - LOOKED_AT) {
            uint32_t spot = opening(self, data + first);
            if (!((self->begins[spot >> 6] >> (spot & 63)) & 1)) continue;
        }
        uint32_t node = step(&self->words, 0, data[first]);
        for (Py_ssize_t last = first + 1; node; last++) {
            int32_t number = self->words.nodes[node].value;
            if (number >= 0 && !(start <= first && last <= end)) { /* not in the name itself */
                Py_ssize_t away = first >= end ? first - end + 1
                                  : last <= start ? start - last + 1 : 0;
                if (away < nearest || (away == nearest && number < which)) {
                    nearest = away;
                    which = number;
                }
            }
            node = last < high ? step(&self->words, node, data[last]) : 0;
        }
    }
    return pair(nearest, which);
}

static PyMethodDef words_methods[] = {
    {"nearest", FAST(words_nearest), METH_FASTCALL, "Return how far the nearest is, and which."},
    {NULL, NULL, 0, NULL}};

PyTypeObject WordsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Words",
    .tp_doc = "Words to look for around a name.",
    .tp_basicsize = sizeof(Words),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = words_new,
    .tp_dealloc = (destructor)words_dealloc,
    .tp_methods = words_methods,
};

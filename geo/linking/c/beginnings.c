/* Which words a name may begin with, however it is spelt: `respelt.Respelt`. */

#include "scan.h"

#define LONGEST 64
#define LONGEST_ARTICLE 4 /* of `respelt._ARTICLES`, at least */
#define MOST_SOUNDS 16
#define ASK 255 /* the letter of another script */

/* How names are respelt, as `respelt.skeleton` has it: which letter a code point is read as, which
   sounds are written for one another, which letters are, or are left out; and how names begin. */
typedef struct {
    PyObject_HEAD
    Trie firsts;
    uint8_t letters[PLANE], alike[256];
    uint8_t from[MOST_SOUNDS][4], to[MOST_SOUNDS];
    int sounds;
} Beginnings;

static void
beginnings_dealloc(Beginnings *self)
{
    trie_free(&self->firsts);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
add_sounds(Beginnings *self, PyObject *sounds)
{
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(sounds); at++) {
        const char *from, *to;
        Py_ssize_t longer, shorter;
        PyObject *sound = PyList_GET_ITEM(sounds, at);
        if (!PyTuple_Check(sound)) {
            PyErr_Format(PyExc_TypeError, "expected a tuple, got %s", Py_TYPE(sound)->tp_name);
            return -1;
        }
        if (!PyArg_ParseTuple(sound, "y#y#", &from, &longer, &to, &shorter)) return -1;
        if (at == MOST_SOUNDS || longer < 1 || longer > 3 || shorter > 1 ||
            (shorter && (uint8_t)to[0] == ASK)) {
            PyErr_SetString(PyExc_ValueError, "expected sounds of 1 to 3 letters, as 1 or none");
            return -1;
        }
        self->from[at][0] = (uint8_t)longer;
        memcpy(self->from[at] + 1, from, (size_t)longer);
        self->to[at] = shorter ? (uint8_t)to[0] : ASK;
        self->sounds = (int)at + 1;
    }
    return 0;
}

static PyObject *
beginnings_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_buffer letters, alike;
    PyObject *sounds, *firsts;
    if (named(kwds)) return NULL;
    if (!PyArg_ParseTuple(args, "y*O!y*O!", &letters, &PyList_Type, &sounds, &alike, &PyList_Type,
                          &firsts))
        return NULL;
    Beginnings *self = NULL;
    if (letters.len != PLANE || alike.len != 256) {
        PyErr_Format(PyExc_ValueError, "tables of %zd and %zd bytes; expected %d and 256",
                     letters.len, alike.len, PLANE);
    } else if ((self = (Beginnings *)type->tp_alloc(type, 0))) {
        memcpy(self->letters, letters.buf, PLANE);
        memcpy(self->alike, alike.buf, 256);
        if (add_sounds(self, sounds) || trie_build(&self->firsts, firsts, 1, NULL)) Py_CLEAR(self);
    }
    PyBuffer_Release(&letters);
    PyBuffer_Release(&alike);
    return (PyObject *)self;
}

/* Write one sound for another in a word; return how long it is then. */
static int
replace(uint8_t *word, int length, const uint8_t *from, uint8_t to)
{
    int kept = 0;
    for (int at = 0; at < length;) {
        if (word[at] == from[1] && length - at >= from[0] &&
            !memcmp(word + at + 1, from + 2, from[0] - 1u)) {
            if (to != ASK) word[kept++] = to;
            at += from[0];
        } else {
            word[kept++] = word[at++];
        }
    }
    return kept;
}

/* Go on from a node by what a word comes down to. Returns 0 where nothing goes on so, and UNKNOWN
   where that cannot be said here: of another script, a word without end, or, behind the first word
   (whose node is the root, 0), what may be an article. */
#define UNKNOWN UINT32_MAX

static uint32_t
spelt(const Beginnings *self, uint32_t node, PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    uint8_t word[LONGEST];
    int kind = PyUnicode_KIND(text), length = 0;
    const void *letters = PyUnicode_DATA(text);
    uint32_t seen = 0;
    if (end - start > LONGEST) return UNKNOWN;
    for (Py_ssize_t at = start; at < end; at++) {
        Py_UCS4 point = PyUnicode_READ(kind, letters, at);
        uint8_t letter = self->letters[point < PLANE ? point : PLANE - 1];
        if (letter == ASK) return UNKNOWN;
        if (!letter) continue;
        word[length++] = letter;
        seen |= 1u << (letter & 31);
    }
    if (node && length <= LONGEST_ARTICLE) return UNKNOWN;
    for (int sound = 0; sound < self->sounds; sound++) {
        if (!(seen >> (self->from[sound][1] & 31) & 1)) continue;
        length = replace(word, length, self->from[sound], self->to[sound]);
        if (self->to[sound] != ASK) seen |= 1u << (self->to[sound] & 31);
    }
    uint8_t last = 0;
    for (int at = 0; at < length; at++) {
        uint8_t letter = self->alike[word[at]];
        if (!letter || letter == last) continue;
        last = letter;
        if (!(node = step(&self->firsts, node, letter))) return 0;
    }
    return last ? node : UNKNOWN;
}

/* Say whether a name may begin with a word and the one behind it; yes where it cannot be said. */
static int
begins(const Beginnings *self, PyObject *text, const uint8_t *shape, Py_ssize_t start,
       Py_ssize_t end)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    uint32_t node = spelt(self, 0, text, start, end);
    if (!node || node == UNKNOWN || self->firsts.nodes[node].value >= 0) return node != 0;
    if (end == length || (shape[end] != SPACE && shape[end] != HYPHEN)) return 0;
    if (!(node = step(&self->firsts, node, SPACE))) return 0;
    Py_ssize_t stop = start = end + 1;
    while (stop < length && shape[stop] >= CAPITAL) stop++;
    if (stop == start) return 0;
    if (stop < length && shape[stop] == APOSTROPHE) return 1;
    return spelt(self, node, text, start, stop) != 0;
}

/* Return where words stand that begin with a capital, and with which a name may begin.

   `shape` is what `shapes` gives. A word that an apostrophe ends may go on behind it: who asks
   must look, and leave out what is found inside one. */
static PyObject *
beginnings_find(Beginnings *self, PyObject *const *args, Py_ssize_t given)
{
    const uint8_t *shape;
    PyObject *found;
    if (!takes(args, given, 2)) return NULL;
    PyObject *text = args[0];
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (!(shape = bytes_of(args[1], length))) return NULL;
    if (!(found = PyList_New(0))) return NULL;
    uint8_t before = SPACE;
    for (Py_ssize_t at = 0; at < length;) {
        if (shape[at] != CAPITAL || before >= DIGIT) {
            before = shape[at++];
            continue;
        }
        Py_ssize_t start = at;
        while (at < length && shape[at] >= CAPITAL) at++;
        before = at < length ? shape[at] : SPACE;
        if (at == start + 1 || (before != APOSTROPHE && !begins(self, text, shape, start, at)))
            continue;
        PyObject *made = pair(start, at);
        int failed = !made || PyList_Append(found, made);
        Py_XDECREF(made);
        if (failed) {
            Py_DECREF(found);
            return NULL;
        }
    }
    return found;
}

static PyMethodDef beginnings_methods[] = {
    {"find", FAST(beginnings_find), METH_FASTCALL, "Return (start, end) of words."},
    {NULL, NULL, 0, NULL}};

PyTypeObject BeginningsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Beginnings",
    .tp_doc = "Words that a name may begin with, however they are spelt.",
    .tp_basicsize = sizeof(Beginnings),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = beginnings_new,
    .tp_dealloc = (destructor)beginnings_dealloc,
    .tp_methods = beginnings_methods,
};

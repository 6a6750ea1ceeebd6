/* Where names stand: `search.Search`. */

#include "scan.h"

#define LEAST 3       /* letters of a name, as `names.SHORTEST` and its space have it */
#define MOST_PREFIX 3 /* letters of a prefix: `search._LONGEST_PREFIX` */

/* Most words are done with by their first four letters: a bit says whether a name begins so; most
   others by their first seven, unless a shorter name begins with these four. */
#define BITS 17
#define MORE 7
typedef uint64_t Bits[1 << (BITS - 6)];

typedef struct {
    Bits four, short_four, seven;
} Starts;

typedef struct {
    PyObject_HEAD
    Trie names, prefixes;
    uint32_t firsts[256];
    Starts any, attached; /* of all names; of those before which something may be attached */
    uint8_t *glue;
    Py_ssize_t glued;
} Names;

static inline uint32_t
beginning(const uint8_t *letters)
{
    uint32_t four;
    memcpy(&four, letters, LOOKED_AT);
    return four * HASH_FACTOR >> (32 - BITS);
}

/* Of the first seven letters: of four, and of the four that end with the last. */
static inline uint32_t
longer_beginning(const uint8_t *letters)
{
    return (beginning(letters) * 31 + beginning(letters + MORE - LOOKED_AT)) & ((1u << BITS) - 1);
}

static inline void
put(Bits bits, uint32_t spot)
{
    bits[spot >> 6] |= (uint64_t)1 << (spot & 63);
}

static inline int
has(const Bits bits, uint32_t spot)
{
    return (bits[spot >> 6] >> (spot & 63)) & 1;
}

static void
note_beginning(Starts *begins, const uint8_t *key, Py_ssize_t length)
{
    uint8_t letters[LOOKED_AT];
    memcpy(letters, key, length < LOOKED_AT ? (size_t)length : LOOKED_AT);
    for (int last = 0; last < 256; last++) { /* whatever follows the shortest */
        if (length < LOOKED_AT) letters[LEAST] = (uint8_t)last;
        uint32_t spot = beginning(letters);
        put(begins->four, spot);
        if (length < MORE) put(begins->short_four, spot);
        if (length >= LOOKED_AT) break;
    }
    if (length >= MORE) put(begins->seven, longer_beginning(key));
}

static inline int
may_begin(const Starts *begins, const uint8_t *flat, Py_ssize_t length, Py_ssize_t start)
{
    if (start + LOOKED_AT > length) return start + LEAST <= length;
    uint32_t spot = beginning(flat + start);
    if (!has(begins->four, spot)) return 0;
    return start + MORE > length || has(begins->short_four, spot) ||
           has(begins->seven, longer_beginning(flat + start));
}

/* What may be attached before a name, 0 for nothing; and to which names a prefix may be: both as
   `search` has them. */
enum { ANY = 1, LAM = 2 };
enum { SHORT = 1, LONG = 2, AND = 4 };

static void
names_dealloc(Names *self)
{
    trie_free(&self->names);
    trie_free(&self->prefixes);
    PyMem_Free(self->glue);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
names_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *keys, *prefixes;
    Py_buffer glue, which;
    Py_ssize_t glued;
    if (named(kwds)) return NULL;
    if (!PyArg_ParseTuple(args, "O!y*O!y*n", &PyList_Type, &keys, &glue, &PyList_Type, &prefixes,
                          &which, &glued))
        return NULL;
    Names *self = NULL;
    int failed = -1;
    if (glue.len != PyList_GET_SIZE(keys) || which.len != PyList_GET_SIZE(prefixes)) {
        PyErr_SetString(PyExc_ValueError, "expected one byte for each key and for each prefix");
        goto done;
    }
    if (!(self = (Names *)type->tp_alloc(type, 0))) goto done;
    self->glued = glued;
    if (!(self->glue = PyMem_Malloc((size_t)glue.len + 1))) {
        PyErr_NoMemory();
        goto done;
    }
    memcpy(self->glue, glue.buf, (size_t)glue.len);
    if (trie_build(&self->names, keys, LEAST, NULL)) goto done;
    if (trie_build(&self->prefixes, prefixes, 1, which.buf)) goto done;
    for (int letter = 0; letter < 256; letter++)
        self->firsts[letter] = step(&self->names, 0, (uint8_t)letter);
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(keys); at++) {
        PyObject *key = PyList_GET_ITEM(keys, at);
        const uint8_t *letters = (uint8_t *)PyBytes_AS_STRING(key);
        note_beginning(&self->any, letters, PyBytes_GET_SIZE(key));
        if (self->glue[at]) note_beginning(&self->attached, letters, PyBytes_GET_SIZE(key));
    }
    failed = 0;
done:
    if (failed) Py_CLEAR(self);
    PyBuffer_Release(&glue);
    PyBuffer_Release(&which);
    return (PyObject *)self;
}

typedef struct {
    int32_t number;
    Py_ssize_t start, end;
} Match;

#define FEW 64
#define CHUNK 1024

typedef struct {
    Match *all, few[FEW];
    Py_ssize_t count, room;
    int out_of_order;
} Matches;

/* Say which of two matches comes first: by its end, and the longer first. */
static int
by_end(const void *one, const void *other)
{
    const Match *a = one, *b = other;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return (a->start > b->start) - (a->start < b->start);
}

static int
keep(Matches *found, Match match)
{
    if (found->count == found->room) {
        Py_ssize_t room = found->room * 2;
        Match *all = found->all == found->few ? NULL : found->all;
        all = PyMem_Realloc(all, (size_t)room * sizeof(Match));
        if (!all) {
            PyErr_NoMemory();
            return -1;
        }
        if (found->all == found->few) memcpy(all, found->few, sizeof(found->few));
        found->all = all;
        found->room = room;
    }
    Match *last = found->all + found->count;
    if (found->count && by_end(last - 1, &match) > 0) found->out_of_order = 1;
    *last = match;
    found->count++;
    return 0;
}

/* Keep the names that begin at a position: of a word, or behind a prefix of some kinds. */
static int
names_at(const Names *self, const uint8_t *flat, Py_ssize_t length, Py_ssize_t start, int behind,
         Matches *found)
{
    uint32_t node = self->firsts[flat[start]];
    for (Py_ssize_t at = start + 1; node; at++) {
        int32_t number = self->names.nodes[node].value;
        if (number >= 0) {
            int fits = !behind;
            if (!fits && self->glue[number] == LAM) fits = behind & AND;
            if (!fits && self->glue[number] == ANY)
                fits = behind & (at - start < self->glued ? SHORT : LONG);
            if (fits && keep(found, (Match){number, start, at})) return -1;
        }
        node = at < length ? step(&self->names, node, flat[at]) : 0;
    }
    return 0;
}

/* Keep the names in a word, from its beginning or behind a prefix. */
static inline int
names_in_word(const Names *self, const uint8_t *flat, Py_ssize_t length, Py_ssize_t start,
              Matches *found)
{
    if (may_begin(&self->any, flat, length, start) &&
        names_at(self, flat, length, start, 0, found))
        return -1;
    for (Py_ssize_t behind = start + 1; behind <= start + MOST_PREFIX; behind++) {
        if (!may_begin(&self->attached, flat, length, behind)) continue;
        uint32_t prefix = 0;
        for (Py_ssize_t at = start; at < behind; at++)
            if (!(prefix = step(&self->prefixes, prefix, flat[at]))) return 0;
        int which = self->prefixes.nodes[prefix].value;
        if (which > 0 && names_at(self, flat, length, behind, which, found)) return -1;
    }
    return 0;
}

static PyObject *
names_find(Names *self, PyObject *text)
{
    const uint8_t *flat = bytes_of(text, -1);
    if (!flat) return NULL;
    Py_ssize_t length = PyBytes_GET_SIZE(text);
    Matches found = {.count = 0, .room = FEW, .out_of_order = 0};
    found.all = found.few;
    PyObject *list = NULL;
    uint16_t words[CHUNK];
    uint8_t before = SPACE;
    for (Py_ssize_t from = 0; from < length; from += CHUNK) {
        int count = 0, letters = length - from < CHUNK ? (int)(length - from) : CHUNK;
        for (int at = 0; at < letters; at++) { /* without a branch, which nobody could foresee */
            words[count] = (uint16_t)at;
            count += (before == SPACE) & (flat[from + at] != SPACE);
            before = flat[from + at];
        }
        for (int at = 0; at < count; at++)
            if (names_in_word(self, flat, length, from + words[at], &found)) goto done;
    }
    if (found.out_of_order) qsort(found.all, (size_t)found.count, sizeof(Match), by_end);
    if (!(list = PyList_New(found.count * 3))) goto done;
    for (Py_ssize_t at = 0; at < found.count * 3 && list; at++) {
        const Match *one = &found.all[at / 3];
        PyObject *made = PyLong_FromSsize_t(at % 3 == 0   ? one->number
                                            : at % 3 == 1 ? one->start
                                                          : one->end);
        if (made)
            PyList_SET_ITEM(list, at, made);
        else
            Py_CLEAR(list);
    }
done:
    if (found.all != found.few) PyMem_Free(found.all);
    return list;
}

static PyMethodDef names_methods[] = {
    {"find", (PyCFunction)names_find, METH_O, "Return number, start and end of each name."},
    {NULL, NULL, 0, NULL}};

PyTypeObject NamesType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Names",
    .tp_doc = "Names to look for as whole words, or behind Arabic prefixes.",
    .tp_basicsize = sizeof(Names),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = names_new,
    .tp_dealloc = (destructor)names_dealloc,
    .tp_methods = names_methods,
};

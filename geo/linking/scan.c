/* The steps over every letter of a text, in C: what a text is read as, and where names stand in it.

   Each does what its counterpart in Python does (`letters.read`, `shapes.shapes`,
   `search.AnyNames`), which is used where this is not compiled; tests hold them side by side.
   Nothing here decides anything. All that comes in are objects of Python whose lengths are asked;
   nothing is kept between calls but what `Names` was made with. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define PLANE 0x10000
#define MARK 0
#define SPACE 32
#define DIGIT 48
#define CAPITAL 65
#define HYPHEN 45
#define APOSTROPHE 39
#define SEEN_MARK 4
#define SEEN_APART 8
#define MOST_PREFIX 3
#define MOST 1000

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

static PyObject *
codes(PyObject *module, PyObject *args)
{
    PyObject *text;
    Py_buffer table;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &table)) return NULL;
    PyObject *found = NULL;
    if (table.len != PLANE) {
        PyErr_Format(PyExc_ValueError, "the table has %zd bytes; expected %d", table.len, PLANE);
    } else {
        found = PyBytes_FromStringAndSize(NULL, PyUnicode_GET_LENGTH(text));
        if (found) take(text, table.buf, (uint8_t *)PyBytes_AS_STRING(found));
    }
    PyBuffer_Release(&table);
    return found;
}

/* Leave out the marks of what is coded and flat; return the offset of each byte that stays. */
static PyObject *
drop_marks(uint8_t *coded, uint8_t *flat, Py_ssize_t length, Py_ssize_t *left)
{
    for (Py_ssize_t at = *left = 0; at < length; at++) *left += coded[at] != MARK;
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

static PyObject *
read_text(PyObject *module, PyObject *args)
{
    PyObject *text, *data = NULL, *offsets = NULL, *flat = NULL, *found = NULL;
    Py_buffer table, flats, kinds;
    if (!PyArg_ParseTuple(args, "Uy*y*y*", &text, &table, &flats, &kinds)) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), left;
    if (table.len != PLANE || flats.len != 256 || kinds.len != 256) {
        PyErr_Format(PyExc_ValueError, "tables of %zd, %zd and %zd bytes; expected %d, 256, 256",
                     table.len, flats.len, kinds.len, PLANE);
        goto done;
    }
    data = PyBytes_FromStringAndSize(NULL, length);
    flat = PyBytes_FromStringAndSize(NULL, length + 1);
    if (!data || !flat) goto done;
    uint8_t *coded = (uint8_t *)PyBytes_AS_STRING(data), *out = (uint8_t *)PyBytes_AS_STRING(flat);
    int seen = read_into(text, table.buf, flats.buf, kinds.buf, coded, out);
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
    found = Py_BuildValue("OOOi", data, flat, offsets ? offsets : Py_None, seen);
done:
    Py_XDECREF(data);
    Py_XDECREF(offsets);
    Py_XDECREF(flat);
    PyBuffer_Release(&table);
    PyBuffer_Release(&flats);
    PyBuffer_Release(&kinds);
    return found;
}

/* Keys by their letters. The branches of a node stand side by side, in `letters` and `nodes` alike,
   so that `memchr` finds the one that goes on with a letter. */
typedef struct {
    uint32_t first;
    uint16_t branches;
    int32_t value;
} Node;

typedef struct {
    Node *nodes;
    uint8_t *letters;
    uint32_t count, room;
} Trie;

typedef struct {
    const uint8_t *key;
    Py_ssize_t length;
    int32_t value;
} Entry;

static int
by_key(const void *one, const void *other)
{
    const Entry *a = one, *b = other;
    Py_ssize_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->key, b->key, (size_t)shorter);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int
grow(Trie *trie)
{
    if (trie->count < trie->room) return 0;
    uint32_t room = trie->room ? trie->room * 2 : 256;
    Node *nodes = PyMem_Realloc(trie->nodes, room * sizeof(Node));
    if (nodes) trie->nodes = nodes;
    uint8_t *letters = PyMem_Realloc(trie->letters, room);
    if (letters) trie->letters = letters;
    if (!nodes || !letters || room > UINT32_MAX / 4) {
        PyErr_NoMemory();
        return -1;
    }
    trie->room = room;
    return 0;
}

/* Add what goes on from a node: the entries of a run that agree in their first `depth` letters. */
static int
branch(Trie *trie, uint32_t node, const Entry *entries, Py_ssize_t count, Py_ssize_t depth)
{
    Py_ssize_t at = 0;
    if (count && entries[0].length == depth) trie->nodes[node].value = entries[at++].value;
    uint32_t first = trie->count;
    for (Py_ssize_t from = at; from < count;) {
        uint8_t letter = entries[from].key[depth];
        if (grow(trie)) return -1;
        trie->letters[trie->count] = letter;
        trie->nodes[trie->count++] = (Node){0, 0, -1};
        while (from < count && entries[from].key[depth] == letter) from++;
    }
    trie->nodes[node].first = first;
    trie->nodes[node].branches = (uint16_t)(trie->count - first);
    for (uint32_t next = first; at < count; next++) {
        Py_ssize_t from = at;
        while (at < count && entries[at].key[depth] == trie->letters[next]) at++;
        if (branch(trie, next, entries + from, at - from, depth + 1)) return -1;
    }
    return 0;
}

/* Make a trie of a sequence of bytes; the value of each is its place, or what `values` has there. */
static int
build(Trie *trie, PyObject *keys, Py_ssize_t least, const uint8_t *values)
{
    Py_ssize_t count = PyList_GET_SIZE(keys);
    Entry *entries = PyMem_Calloc((size_t)count + 1, sizeof(Entry));
    if (!entries) {
        PyErr_NoMemory();
        return -1;
    }
    int failed = 0;
    for (Py_ssize_t at = 0; at < count && !failed; at++) {
        PyObject *key = PyList_GET_ITEM(keys, at);
        if (!PyBytes_Check(key) || PyBytes_GET_SIZE(key) < least || PyBytes_GET_SIZE(key) > MOST) {
            PyErr_Format(PyExc_ValueError, "key %zd: %R; expected %zd to %d bytes", at, key, least,
                         MOST);
            failed = -1;
        } else {
            entries[at] = (Entry){(uint8_t *)PyBytes_AS_STRING(key), PyBytes_GET_SIZE(key),
                                  values ? values[at] : (int32_t)at};
        }
    }
    if (!failed) {
        qsort(entries, (size_t)count, sizeof(Entry), by_key);
        for (Py_ssize_t at = 1; at < count && !failed; at++) {
            if (!by_key(&entries[at - 1], &entries[at])) {
                PyErr_SetString(PyExc_ValueError, "a key stands twice");
                failed = -1;
            }
        }
    }
    if (!failed) failed = grow(trie);
    if (!failed) {
        trie->letters[0] = 0;
        trie->nodes[0] = (Node){0, 0, -1};
        trie->count = 1;
        failed = branch(trie, 0, entries, count, 0);
    }
    PyMem_Free(entries);
    return failed;
}

/* Return the node that a letter leads to, or 0, the root, to which none leads. */
static inline uint32_t
step(const Trie *trie, uint32_t node, uint8_t letter)
{
    const Node *at = &trie->nodes[node];
    if (!at->branches) return 0;
    const uint8_t *letters = trie->letters + at->first;
    if (at->branches < 8) {
        for (uint16_t spot = 0; spot < at->branches; spot++)
            if (letters[spot] == letter) return at->first + spot;
        return 0;
    }
    const uint8_t *found = memchr(letters, letter, at->branches);
    return found ? at->first + (uint32_t)(found - letters) : 0;
}

/* Most words are done with by their first four letters: a bit says whether a name begins so. */
#define LOOKED_AT 4
#define LEAST 3
#define BITS 17

typedef uint64_t Bits[1 << (BITS - 6)];

typedef struct {
    PyObject_HEAD
    Trie names, prefixes;
    uint32_t firsts[256];
    Bits any, attached; /* of all names, and of those before which something may be attached */
    uint8_t *glue;
    Py_ssize_t glued;
} Names;

static inline uint32_t
beginning(const uint8_t *letters)
{
    uint32_t four;
    memcpy(&four, letters, LOOKED_AT);
    return four * 2654435761u >> (32 - BITS);
}

static void
note_beginning(Bits begins, const uint8_t *key, Py_ssize_t length)
{
    uint8_t letters[LOOKED_AT];
    memcpy(letters, key, length < LOOKED_AT ? (size_t)length : LOOKED_AT);
    for (int last = 0; last < 256; last++) { /* whatever follows the shortest */
        if (length < LOOKED_AT) letters[LEAST] = (uint8_t)last;
        uint32_t spot = beginning(letters);
        begins[spot >> 6] |= (uint64_t)1 << (spot & 63);
        if (length >= LOOKED_AT) break;
    }
}

static inline int
may_begin(const Bits begins, const uint8_t *flat, Py_ssize_t length, Py_ssize_t start)
{
    if (start + LOOKED_AT > length) return start + LEAST <= length;
    uint32_t spot = beginning(flat + start);
    return (begins[spot >> 6] >> (spot & 63)) & 1;
}

/* What may be attached before a name: 0 nothing, else which prefixes. */
enum { ANY = 1, LAM = 2 };
enum { SHORT = 1, LONG = 2, AND = 4 };

static void
names_dealloc(Names *self)
{
    PyMem_Free(self->names.nodes);
    PyMem_Free(self->names.letters);
    PyMem_Free(self->prefixes.nodes);
    PyMem_Free(self->prefixes.letters);
    PyMem_Free(self->glue);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
names_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *keys, *prefixes;
    Py_buffer glue, which;
    Py_ssize_t glued;
    if (!PyArg_ParseTuple(args, "O!y*O!y*n", &PyList_Type, &keys, &glue, &PyList_Type, &prefixes,
                          &which, &glued))
        return NULL;
    Names *self = NULL;
    if (glue.len != PyList_GET_SIZE(keys) || which.len != PyList_GET_SIZE(prefixes)) {
        PyErr_SetString(PyExc_ValueError, "expected one byte for each key and for each prefix");
    } else if ((self = (Names *)type->tp_alloc(type, 0))) {
        self->glued = glued;
        self->glue = PyMem_Malloc((size_t)glue.len + 1);
        if (!self->glue) {
            PyErr_NoMemory();
            Py_CLEAR(self);
        } else {
            memcpy(self->glue, glue.buf, (size_t)glue.len);
            if (build(&self->names, keys, LEAST, NULL) ||
                build(&self->prefixes, prefixes, 1, which.buf)) {
                Py_CLEAR(self);
            } else {
                for (int letter = 0; letter < 256; letter++)
                    self->firsts[letter] = step(&self->names, 0, (uint8_t)letter);
                for (Py_ssize_t at = 0; at < PyList_GET_SIZE(keys); at++) {
                    PyObject *key = PyList_GET_ITEM(keys, at);
                    const uint8_t *letters = (uint8_t *)PyBytes_AS_STRING(key);
                    note_beginning(self->any, letters, PyBytes_GET_SIZE(key));
                    if (self->glue[at])
                        note_beginning(self->attached, letters, PyBytes_GET_SIZE(key));
                }
            }
        }
    }
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
} Matches;

/* Keep a match where it belongs: by its end, and the longer first. */
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
    Py_ssize_t at = found->count++;
    for (; at && found->all[at - 1].end > match.end; at--) found->all[at] = found->all[at - 1];
    found->all[at] = match;
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
    if (may_begin(self->any, flat, length, start) &&
        names_at(self, flat, length, start, 0, found))
        return -1;
    for (Py_ssize_t behind = start + 1; behind <= start + MOST_PREFIX; behind++) {
        if (!may_begin(self->attached, flat, length, behind)) continue;
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
    if (!PyBytes_Check(text)) {
        PyErr_Format(PyExc_TypeError, "expected bytes, got %s", Py_TYPE(text)->tp_name);
        return NULL;
    }
    const uint8_t *flat = (const uint8_t *)PyBytes_AS_STRING(text);
    Py_ssize_t length = PyBytes_GET_SIZE(text);
    Matches found = {.count = 0, .room = FEW};
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
    if (!(list = PyList_New(found.count))) goto done;
    for (Py_ssize_t at = 0; at < found.count; at++) {
        const Match *one = &found.all[at];
        PyObject *made = PyTuple_New(3), *number = PyLong_FromLong(one->number);
        PyObject *start = PyLong_FromSsize_t(one->start), *end = PyLong_FromSsize_t(one->end);
        if (!made || !number || !start || !end) {
            Py_XDECREF(made);
            Py_XDECREF(number);
            Py_XDECREF(start);
            Py_XDECREF(end);
            Py_CLEAR(list);
            break;
        }
        PyTuple_SET_ITEM(made, 0, number);
        PyTuple_SET_ITEM(made, 1, start);
        PyTuple_SET_ITEM(made, 2, end);
        PyList_SET_ITEM(list, at, made);
    }
done:
    if (found.all != found.few) PyMem_Free(found.all);
    return list;
}

static PyMethodDef names_methods[] = {
    {"find", (PyCFunction)names_find, METH_O, "Return (number, start, end) of each name."},
    {NULL, NULL, 0, NULL}};

static PyTypeObject NamesType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Names",
    .tp_doc = "Names to look for as whole words, or behind Arabic prefixes.",
    .tp_basicsize = sizeof(Names),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = names_new,
    .tp_dealloc = (destructor)names_dealloc,
    .tp_methods = names_methods,
};

/* Words to look for around a name, also within longer words. */
typedef struct {
    PyObject_HEAD
    Trie words;
    uint32_t looked_at;  /* a mask of as many letters as the shortest has, four at most */
    uint64_t begins[64]; /* a bit says whether a word begins with such letters */
} Words;

static inline uint32_t
opening(const Words *self, const uint8_t *letters)
{
    uint32_t four;
    memcpy(&four, letters, LOOKED_AT);
    return (four & self->looked_at) * 2654435761u >> 20;
}

static void
words_dealloc(Words *self)
{
    PyMem_Free(self->words.nodes);
    PyMem_Free(self->words.letters);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
words_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *words;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &words)) return NULL;
    Words *self = (Words *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    if (build(&self->words, words, 2, NULL)) {
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
words_nearest(Words *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t start, end, reach;
    if (!PyArg_ParseTuple(args, "Snnn", &text, &start, &end, &reach)) return NULL;
    const uint8_t *data = (const uint8_t *)PyBytes_AS_STRING(text);
    Py_ssize_t length = PyBytes_GET_SIZE(text), near = PY_SSIZE_T_MAX;
    if (start < 0 || start > end || reach < 0 || reach > PY_SSIZE_T_MAX - end) {
        PyErr_Format(PyExc_ValueError, "a name from %zd to %zd, a reach of %zd", start, end, reach);
        return NULL;
    }
    Py_ssize_t low = start > reach ? start - reach : 0;
    Py_ssize_t high = end + reach < length ? end + reach : length;
    int32_t which = -1;
    for (Py_ssize_t first = low; first + 1 < high; first++) {
        if (first + LOOKED_AT <= length) {
            uint32_t spot = opening(self, data + first);
            if (!((self->begins[spot >> 6] >> (spot & 63)) & 1)) continue;
        }
        uint32_t node = step(&self->words, 0, data[first]);
        for (Py_ssize_t last = first + 1; node; last++) {
            int32_t number = self->words.nodes[node].value;
            if (number >= 0 && !(start <= first && last <= end)) { /* not in the name itself */
                Py_ssize_t away = first >= end ? first - end + 1
                                  : last <= start ? start - last + 1 : 0;
                if (away < near || (away == near && number < which)) {
                    near = away;
                    which = number;
                }
            }
            node = last < high ? step(&self->words, node, data[last]) : 0;
        }
    }
    return Py_BuildValue("ni", near, which);
}

static PyMethodDef words_methods[] = {
    {"nearest", (PyCFunction)words_nearest, METH_VARARGS, "Return how far the nearest is, and which."},
    {NULL, NULL, 0, NULL}};

static PyTypeObject WordsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Words",
    .tp_doc = "Words to look for around a name.",
    .tp_basicsize = sizeof(Words),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = words_new,
    .tp_dealloc = (destructor)words_dealloc,
    .tp_methods = words_methods,
};

/* How names are respelt, as `respelt.skeleton` has it: which letter a code point is read as, which
   sounds are written for one another, which letters are, or are left out; and how names begin. */
#define LONGEST 64
#define LONGEST_ARTICLE 4
#define MOST_SOUNDS 16
#define ASK 255 /* the letter of another script */

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
    PyMem_Free(self->firsts.nodes);
    PyMem_Free(self->firsts.letters);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
add_sounds(Beginnings *self, PyObject *sounds)
{
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(sounds); at++) {
        const char *from, *to;
        Py_ssize_t longer, shorter;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(sounds, at), "y#y#", &from, &longer, &to, &shorter))
            return -1;
        if (at == MOST_SOUNDS || longer < 1 || longer > 3 || shorter > 1) {
            PyErr_SetString(PyExc_ValueError, "expected few sounds, of 1 to 3 letters, as 1 or none");
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
        if (add_sounds(self, sounds) || build(&self->firsts, firsts, 1, NULL)) Py_CLEAR(self);
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
   where that cannot be said here: of another script, an article, a word without end. */
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
    if (stop - start <= LONGEST_ARTICLE || (stop < length && shape[stop] == APOSTROPHE)) return 1;
    return spelt(self, node, text, start, stop) != 0;
}

/* Return where words stand that begin with a capital, and with which a name may begin.

   `shape` is what `shapes` gives. A word that an apostrophe ends may go on behind it: who asks must
   look, and leave out what is found inside one. */
static PyObject *
beginnings_find(Beginnings *self, PyObject *args)
{
    PyObject *text, *shaped, *found;
    if (!PyArg_ParseTuple(args, "US", &text, &shaped)) return NULL;
    const uint8_t *shape = (const uint8_t *)PyBytes_AS_STRING(shaped);
    Py_ssize_t length = PyBytes_GET_SIZE(shaped);
    if (length != PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "expected one byte for each code point");
        return NULL;
    }
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
        PyObject *made = Py_BuildValue("nn", start, at);
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
    {"find", (PyCFunction)beginnings_find, METH_VARARGS, "Return (start, end) of words."},
    {NULL, NULL, 0, NULL}};

static PyTypeObject BeginningsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Beginnings",
    .tp_doc = "Words that a name may begin with, however they are spelt.",
    .tp_basicsize = sizeof(Beginnings),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = beginnings_new,
    .tp_dealloc = (destructor)beginnings_dealloc,
    .tp_methods = beginnings_methods,
};

static PyMethodDef functions[] = {
    {"codes", codes, METH_VARARGS, "Return a table's byte for each code point of a text."},
    {"read", read_text, METH_VARARGS, "Return what a text is read as, or None if ligatures are in it."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "geo.linking.scan", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC
PyInit_scan(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module && (PyModule_AddType(module, &NamesType) || PyModule_AddType(module, &WordsType) ||
                   PyModule_AddType(module, &BeginningsType)))
        Py_CLEAR(module);
    return module;
}

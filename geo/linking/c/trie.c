/* Keys by their letters: how they are laid out. */

#include "scan.h"

#define MOST 1000

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
    if (trie->room == MOST_NODES) {
        PyErr_Format(PyExc_OverflowError, "expected keys of %u letters at most", MOST_NODES);
        return -1;
    }
    uint32_t room = trie->room ? trie->room * 2 : 256;
    Node *nodes = PyMem_Realloc(trie->nodes, room * sizeof(Node));
    if (nodes) trie->nodes = nodes;
    uint8_t *letters = PyMem_Realloc(trie->letters, room);
    if (letters) trie->letters = letters;
    if (!nodes || !letters) {
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
    if (trie->count - first > UINT8_MAX) {
        PyErr_SetString(PyExc_OverflowError, "expected 255 different letters at most in one place");
        return -1;
    }
    trie->nodes[node].first = first & (MOST_NODES - 1);
    trie->nodes[node].branches = (uint8_t)(trie->count - first);
    for (uint32_t next = first; at < count; next++) {
        Py_ssize_t from = at;
        while (at < count && entries[at].key[depth] == trie->letters[next]) at++;
        if (branch(trie, next, entries + from, at - from, depth + 1)) return -1;
    }
    return 0;
}

int
trie_build(Trie *trie, PyObject *keys, Py_ssize_t least, const uint8_t *values)
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

void
trie_free(Trie *trie)
{
    PyMem_Free(trie->nodes);
    PyMem_Free(trie->letters);
}

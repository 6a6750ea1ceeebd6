/* What the files of `geo.linking.scan` share. See module.c. */

#ifndef FOURZONES_SCAN_H
#define FOURZONES_SCAN_H

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
#define LOOKED_AT 4 /* letters that are looked at together, by a multiplicative hash */
#define HASH_FACTOR 2654435761u

#ifdef _MSC_VER
#define restrict __restrict
#endif

#define FAST(FUNCTION) (PyCFunction)(void (*)(void))FUNCTION

/* module.c */
const uint8_t *bytes_of(PyObject *one, Py_ssize_t length);
int takes(PyObject *const *args, Py_ssize_t given, Py_ssize_t expected);
PyObject *pair(Py_ssize_t one, Py_ssize_t other);
int named(PyObject *kwds);

/* reading.c */
PyObject *codes(PyObject *module, PyObject *const *args, Py_ssize_t given);
PyObject *read_text(PyObject *module, PyObject *const *args, Py_ssize_t given);
PyObject *decoded(PyObject *module, PyObject *const *args, Py_ssize_t given);

/* names.c, words.c, beginnings.c, maker.c */
extern PyTypeObject NamesType, WordsType, BeginningsType, MakerType;

/* trie.c */
/* Keys by their letters. The branches of a node stand side by side, in `letters` and in `nodes`,
   so that `memchr` finds the one that goes on with a letter. A node has 255 at most, a trie has
   MOST_NODES: `trie_build` refuses more. */
#define MOST_NODES (1u << 24)
typedef struct {
    uint32_t first : 24, branches : 8;
    int32_t value;
} Node;

typedef struct {
    Node *nodes;
    uint8_t *letters;
    uint32_t count, room;
} Trie;

/* Make a trie of a list of different bytes of a least length; the value of each is its place, or
   what `values` has there. Returns -1 with an error. */
int trie_build(Trie *trie, PyObject *keys, Py_ssize_t least, const uint8_t *values);
void trie_free(Trie *trie);

/* Return the node that a letter leads to, or 0, the root, to which none leads. */
static inline uint32_t
step(const Trie *trie, uint32_t node, uint8_t letter)
{
    const Node *at = &trie->nodes[node];
    if (!at->branches) return 0;
    const uint8_t *letters = trie->letters + at->first;
    if (at->branches < 8) {
        for (uint32_t spot = 0; spot < at->branches; spot++)
            if (letters[spot] == letter) return at->first + spot;
        return 0;
    }
    const uint8_t *found = memchr(letters, letter, at->branches);
    return found ? at->first + (uint32_t)(found - letters) : 0;
}

#endif

/* geo.linking.scan: the steps over every letter of a text, in C, and the making of mentions.

   Each does what its counterpart in Python does, which is used where this is not compiled; tests
   hold them to the same answers, and the numbers that both sides go by are in both. Nothing here
   decides anything. Lengths are asked of the objects that come in, and nothing is kept between
   calls but what an object was made with.
*/

#include "scan.h"

/* Return the bytes that an argument is, of a length unless that is negative; null with an error. */
const uint8_t *
bytes_of(PyObject *one, Py_ssize_t length)
{
    if (!PyBytes_Check(one)) {
        PyErr_Format(PyExc_TypeError, "expected bytes, got %s", Py_TYPE(one)->tp_name);
        return NULL;
    }
    if (length >= 0 && PyBytes_GET_SIZE(one) != length) {
        PyErr_Format(PyExc_ValueError, "expected %zd bytes, got %zd", length,
                     PyBytes_GET_SIZE(one));
        return NULL;
    }
    return (const uint8_t *)PyBytes_AS_STRING(one);
}

/* Say whether as many arguments were given as there should be, and that the first is a text. */
int
takes(PyObject *const *args, Py_ssize_t given, Py_ssize_t expected)
{
    if (given == expected && PyUnicode_Check(args[0])) return 1;
    PyErr_Format(PyExc_TypeError, "expected a text and %zd more arguments", expected - 1);
    return 0;
}

/* Return two numbers as a tuple. */
PyObject *
pair(Py_ssize_t one, Py_ssize_t other)
{
    PyObject *first = PyLong_FromSsize_t(one), *second = PyLong_FromSsize_t(other), *made = NULL;
    if (first && second) made = PyTuple_Pack(2, first, second);
    Py_XDECREF(first);
    Py_XDECREF(second);
    return made;
}

/* Refuse arguments by name; return whether there were any. */
int
named(PyObject *kwds)
{
    if (!kwds || !PyDict_GET_SIZE(kwds)) return 0;
    PyErr_SetString(PyExc_TypeError, "expected no arguments by name");
    return 1;
}

static PyMethodDef functions[] = {
    {"codes", FAST(codes), METH_FASTCALL, "Return a table's byte for each code point of a text."},
    {"decoded", FAST(decoded), METH_FASTCALL, "Return a table's letter for each byte."},
    {"read", FAST(read_text), METH_FASTCALL,
     "Return what a text is read as, or None if ligatures are in it."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "geo.linking.scan", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC
PyInit_scan(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module && (PyModule_AddType(module, &NamesType) || PyModule_AddType(module, &WordsType) ||
                   PyModule_AddType(module, &BeginningsType) ||
                   PyModule_AddType(module, &MakerType)))
        Py_CLEAR(module);
    return module;
}

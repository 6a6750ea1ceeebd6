/* Makes instances of a frozen dataclass with slots: writes what they are given, in order, without
   asking `object.__setattr__` for each field. Only for a class that derives from `object` alone,
   and has nothing to do but to keep its fields. */

#include "scan.h"
#include <structmember.h>

#define MOST_FIELDS 16

typedef struct {
    PyObject_HEAD
    vectorcallfunc call;
    PyTypeObject *made;
    Py_ssize_t fields, offsets[MOST_FIELDS];
} Maker;

static int
maker_traverse(Maker *self, visitproc visit, void *arg)
{
    Py_VISIT(self->made);
    return 0;
}

static int
maker_clear(Maker *self)
{
    Py_CLEAR(self->made);
    self->fields = -1; /* fits no call any more */
    return 0;
}

static void
maker_dealloc(Maker *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->made);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
maker_call(PyObject *callable, PyObject *const *args, size_t flagged, PyObject *names)
{
    Maker *self = (Maker *)callable;
    Py_ssize_t given = PyVectorcall_NARGS(flagged);
    if (given != self->fields || (names && PyTuple_GET_SIZE(names))) {
        PyErr_Format(PyExc_TypeError, "expected all %zd fields in order, none by name; got %zd",
                     self->fields, given);
        return NULL;
    }
    PyObject *made = self->made->tp_alloc(self->made, 0);
    if (!made) return NULL;
    for (Py_ssize_t at = 0; at < given; at++)
        *(PyObject **)((char *)made + self->offsets[at]) = Py_NewRef(args[at]);
    return made;
}

/* Return where a class keeps a slot of its own, or -1. */
static Py_ssize_t
offset_of(PyTypeObject *made, PyObject *name)
{
    PyObject *slot = PyDict_GetItemWithError(made->tp_dict, name);
    if (!slot || !Py_IS_TYPE(slot, &PyMemberDescr_Type) || PyDescr_TYPE(slot) != made) return -1;
    const PyMemberDef *member = ((PyMemberDescrObject *)slot)->d_member;
    return member->type == T_OBJECT_EX ? member->offset : -1;
}

static PyObject *
maker_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyTypeObject *made;
    if (named(kwds) || !PyArg_ParseTuple(args, "O!", &PyType_Type, &made)) return NULL;
    int plain = made->tp_flags & Py_TPFLAGS_HEAPTYPE && made->tp_base == &PyBaseObject_Type &&
                made->tp_new == PyBaseObject_Type.tp_new &&
                !PyObject_HasAttrString((PyObject *)made, "__post_init__");
    PyObject *own = plain ? made->tp_dict : NULL;
    PyObject *slots = own ? PyDict_GetItemString(own, "__slots__") : NULL;
    PyObject *fields = own ? PyDict_GetItemString(own, "__dataclass_fields__") : NULL;
    if (!slots || !fields || !PyTuple_Check(slots) || !PyDict_Check(fields) ||
        PyTuple_GET_SIZE(slots) != PyDict_GET_SIZE(fields) ||
        PyTuple_GET_SIZE(slots) > MOST_FIELDS) {
        PyErr_Format(PyExc_TypeError, "%s: expected a dataclass of up to %d slots and nothing else",
                     made->tp_name, MOST_FIELDS);
        return NULL;
    }
    Maker *self = (Maker *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->call = maker_call;
    self->made = (PyTypeObject *)Py_NewRef(made);
    self->fields = PyTuple_GET_SIZE(slots);
    Py_ssize_t at = 0, spot = 0;
    PyObject *name;
    while (at < self->fields && PyDict_Next(fields, &spot, &name, NULL)) { /* in their order */
        if ((self->offsets[at++] = offset_of(made, name)) < 0) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_TypeError, "%s: %R is no slot", made->tp_name, name);
            Py_DECREF(self);
            return NULL;
        }
    }
    return (PyObject *)self;
}

PyTypeObject MakerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Maker",
    .tp_doc = "Makes instances of a frozen dataclass with slots, given every field in order.",
    .tp_basicsize = sizeof(Maker),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_HAVE_GC,
    .tp_vectorcall_offset = offsetof(Maker, call),
    .tp_call = PyVectorcall_Call,
    .tp_new = maker_new,
    .tp_traverse = (traverseproc)maker_traverse,
    .tp_clear = (inquiry)maker_clear,
    .tp_dealloc = (destructor)maker_dealloc,
};

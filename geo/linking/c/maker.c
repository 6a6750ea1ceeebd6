/* Makes instances of a frozen dataclass with slots: what its `__init__` does, without asking
   `object.__setattr__` for each field. */

#include "scan.h"
#include <structmember.h>

#define MOST_FIELDS 16

typedef struct {
    PyObject_HEAD
    vectorcallfunc call;
    PyTypeObject *made;
    Py_ssize_t fields, offsets[MOST_FIELDS];
} Maker;

static void
maker_dealloc(Maker *self)
{
    Py_XDECREF(self->made);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
maker_call(PyObject *callable, PyObject *const *args, size_t flagged, PyObject *names)
{
    Maker *self = (Maker *)callable;
    Py_ssize_t given = PyVectorcall_NARGS(flagged);
    if (given != self->fields || (names && PyTuple_GET_SIZE(names))) {
        PyErr_Format(PyExc_TypeError, "%s: expected all %zd fields in order, got %zd",
                     self->made->tp_name, self->fields, given);
        return NULL;
    }
    PyObject *made = self->made->tp_alloc(self->made, 0);
    if (!made) return NULL;
    for (Py_ssize_t at = 0; at < given; at++)
        *(PyObject **)((char *)made + self->offsets[at]) = Py_NewRef(args[at]);
    return made;
}

static PyObject *
maker_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyTypeObject *made;
    if (!PyArg_ParseTuple(args, "O!", &PyType_Type, &made)) return NULL;
    PyObject *slots = PyObject_GetAttrString((PyObject *)made, "__slots__");
    Maker *self = slots ? (Maker *)type->tp_alloc(type, 0) : NULL;
    if (!self) goto done;
    self->call = maker_call;
    self->made = (PyTypeObject *)Py_NewRef(made);
    if (!PyTuple_Check(slots) || PyTuple_GET_SIZE(slots) > MOST_FIELDS) {
        PyErr_Format(PyExc_TypeError, "%s: expected a tuple of up to %d slots", made->tp_name,
                     MOST_FIELDS);
        Py_CLEAR(self);
        goto done;
    }
    self->fields = PyTuple_GET_SIZE(slots);
    for (Py_ssize_t at = 0; at < self->fields; at++) {
        PyObject *slot = PyObject_GetAttr((PyObject *)made, PyTuple_GET_ITEM(slots, at));
        if (slot && Py_IS_TYPE(slot, &PyMemberDescr_Type) &&
            ((PyMemberDescrObject *)slot)->d_member->type == T_OBJECT_EX) {
            self->offsets[at] = ((PyMemberDescrObject *)slot)->d_member->offset;
        } else {
            if (slot) PyErr_Format(PyExc_TypeError, "%s: not a slot", made->tp_name);
            Py_CLEAR(self);
        }
        Py_XDECREF(slot);
        if (!self) break;
    }
done:
    Py_XDECREF(slots);
    return (PyObject *)self;
}

PyTypeObject MakerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "geo.linking.scan.Maker",
    .tp_doc = "Makes instances of a frozen dataclass with slots, given every field in order.",
    .tp_basicsize = sizeof(Maker),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_vectorcall_offset = offsetof(Maker, call),
    .tp_call = PyVectorcall_Call,
    .tp_new = maker_new,
    .tp_dealloc = (destructor)maker_dealloc,
};

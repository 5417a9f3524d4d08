// Default weights, compiled in.
#ifndef EINTHOVEN_BUNDLED_DATA_H
#define EINTHOVEN_BUNDLED_DATA_H

#include <stddef.h>

// The weights of the network that reads lead names: a safetensors file of `*length` bytes.
const unsigned char *ein_weights_names(size_t *length);

// The weights of the network that finds the grid's lattice, likewise.
const unsigned char *ein_weights_lattice(size_t *length);

// The weights of the network that follows curves, likewise.
const unsigned char *ein_weights_curve(size_t *length);

// The weights of the network that reads letters of printed settings, likewise.
const unsigned char *ein_weights_letters(size_t *length);

#endif

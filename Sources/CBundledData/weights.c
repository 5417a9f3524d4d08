#include "bundled_data.h"

static const unsigned char names[] = {
#embed "../../Weights/names.safetensors"
};

const unsigned char *ein_weights_names(size_t *length) {
  *length = sizeof names;
  return names;
}

static const unsigned char lattice[] = {
#embed "../../Weights/lattice.safetensors"
};

const unsigned char *ein_weights_lattice(size_t *length) {
  *length = sizeof lattice;
  return lattice;
}

static const unsigned char curve[] = {
#embed "../../Weights/curve.safetensors"
};

const unsigned char *ein_weights_curve(size_t *length) {
  *length = sizeof curve;
  return curve;
}

static const unsigned char letters[] = {
#embed "../../Weights/letters.safetensors"
};

const unsigned char *ein_weights_letters(size_t *length) {
  *length = sizeof letters;
  return letters;
}

import ECGTraining

extension TrainingSettings {
  /// Reads what a recipe says of its settings.
  mutating func read(from reader: inout RecipeReader) throws(RecipeError) {
    try reader.read("seed", &seed)
    try reader.read("steps", &steps)
    try reader.read("minutes", &minutes)
    try reader.read("batch", &batch)
    try reader.read("accumulated", &accumulated)
    try reader.read("precision", &precision)
    try reader.read("averaging", &averaging)
    try reader.read("device", &device)
    try reader.read("computingThreads", &computingThreads)
    var own = self
    try reader.map("lossScale") { map throws(RecipeError) in
      var scale = LossScale.Settings()
      try map.read("start", &scale.start)
      try map.read("growthSteps", &scale.growthSteps)
      own.lossScale = scale
    }
    if let problem = own.lossScaleProblem {
      throw RecipeError(reader.place(of: "lossScale"), problem)
    }
    try reader.map("optimizer") { map throws(RecipeError) in
      try map.read("kind", &own.optimizer.kind)
      try map.read("weightDecay", &own.optimizer.weightDecay)
      try map.read("momentum", &own.optimizer.momentum)
      try map.read("secondMomentum", &own.optimizer.secondMomentum)
      try map.read("longestGradient", &own.optimizer.longestGradient)
      try map.maps("groups") { group throws(RecipeError) in
        var value = OptimizerSettings.Group(prefix: "")
        try group.read("prefix", &value.prefix)
        try group.read("rateFactor", &value.rateFactor)
        try group.read("weightDecay", &value.weightDecay)
        own.optimizer.groups.append(value)
      }
    }
    try reader.map("schedule") { map throws(RecipeError) in
      try map.read("kind", &own.schedule.kind)
      try map.read("rate", &own.schedule.rate)
      try map.read("warmUpSteps", &own.schedule.warmUpSteps)
      try map.read("lowest", &own.schedule.lowest)
      try map.read("rising", &own.schedule.rising)
    }
    try reader.map("examples") { map throws(RecipeError) in
      try map.read("fresh", &own.fresh)
      try map.read("replayed", &own.replayed)
      try map.read("threads", &own.drawingThreads)
    }
    try reader.map("validation") { map throws(RecipeError) in
      try map.read("examples", &own.validationExamples)
      try map.read("seed", &own.validationSeed)
      try map.read("steps", &own.validationSteps)
      try map.read("patience", &own.patience)
    }
    try reader.maps("losses") { map throws(RecipeError) in
      var term = LossTerm(.meanSquare, truth: "")
      try map.read("kind", &term.kind)
      try map.read("truth", &term.truth)
      try map.read("mask", &term.mask)
      try map.read("channels", &term.channels)
      try map.read("weight", &term.weight)
      try map.read("warmUpSteps", &term.warmUpSteps)
      try map.read("positiveWeight", &term.positiveWeight)
      try map.read("gamma", &term.gamma)
      try map.read("alpha", &term.alpha)
      try map.read("beta", &term.beta)
      own.losses.append(term)
    }
    self = own
  }
}

namespace TrainingHub.Surveys;

/// <summary>A question with what can be chosen, in order: exclusive last.</summary>
internal sealed record AskedQuestion(Question Asked, IReadOnlyList<VersionOption> Options)
{
    public string Key => Asked.Key;

    public bool TakesSeveral => Asked.Kind == QuestionKind.Several;

    /// <summary>Without toolkits, which are a list of their own.</summary>
    public IEnumerable<VersionOption> Own => Options.Where(option => !option.IsToolkit);

    /// <summary>"None", where there is one.</summary>
    public VersionOption? Exclusive => Options.FirstOrDefault(option => option.IsExclusive);

    /// <summary>Whether there is a box for free text: the question's own, or one below its options.</summary>
    public bool HasText => Asked.Kind == QuestionKind.Text || Asked.TextPrompt is not null;

    /// <summary>
    /// The options of somebody who works there: everybody's and the area's. Who works in no area that has options of its own (several
    /// areas, elsewhere) is offered all.
    /// </summary>
    public IEnumerable<VersionOption> OptionsFor(Guid areaId) =>
        Options.Any(option => option.AreaId == areaId)
            ? Options.Where(option => option.AreaId is null || option.AreaId == areaId)
            : Options;

    /// <summary>Those of <see cref="OptionsFor"/> that are in use, and what was chosen before it was archived.</summary>
    public IReadOnlyList<VersionOption> Offered(Guid areaId, IReadOnlyCollection<Guid> chosen) =>
        [.. OptionsFor(areaId).Where(option => !option.IsArchived || chosen.Contains(option.OptionId))];

    public IEnumerable<VersionOption> Among(IReadOnlyCollection<Guid> chosen) => Options.Where(option => chosen.Contains(option.OptionId));
}

/// <summary>One version of a survey: its questions in order.</summary>
internal sealed record Questionnaire(SurveyVersion Version, IReadOnlyList<AskedQuestion> Questions)
{
    public Guid Id => Version.Id;

    public AskedQuestion? Find(string key) => Questions.FirstOrDefault(question => question.Key == key);

    /// <exception cref="InvalidOperationException">It does not ask that, or offers no such answer.</exception>
    public Guid Option(string key, string label) =>
        Find(key)?.Options.FirstOrDefault(option => option.Label == label)?.OptionId
        ?? throw new InvalidOperationException($"{key} has no answer “{label}” in version {Version.Number}.");
}

namespace TrainingHub.Surveys;

/// <summary>What staff read about questions.</summary>
internal static class QuestionWords
{
    public static string Words(this QuestionKind kind) => kind switch
    {
        QuestionKind.Scale => "A scale, lowest first",
        QuestionKind.YesNo => "Yes or no",
        QuestionKind.Number => "A number from 0 to 10",
        QuestionKind.Several => "Several of a list",
        QuestionKind.One => "One of a list",
        QuestionKind.Text => "Free text",
    };

    public static string Words(this KirkpatrickLevel level) => level switch
    {
        KirkpatrickLevel.Reaction => "1 Reaction: what they thought of it",
        KirkpatrickLevel.Learning => "2 Learning: knowledge and confidence",
        KirkpatrickLevel.Behaviour => "3 Behaviour: what they do differently",
        KirkpatrickLevel.Results => "4 Results: what changed for children and families",
    };

    public static string Words(this DraftFault fault) => fault switch
    {
        DraftFault.NoQuestion => "The draft has no question.",
        DraftFault.TooFewOptions => "It needs at least two answers to choose from.",
        DraftFault.NotTwoOptions => "A yes or no question needs exactly two answers.",
        DraftFault.OtherKind => "It was asked as another kind of question, so its answers cannot be compared. Mark it as not comparable.",
    };

    public static string Words(this DraftRefusal refusal) => refusal switch
    {
        DraftRefusal.Gone => "Nothing is changed: the draft was published or discarded meanwhile.",
        DraftRefusal.Changed => "Nothing is changed: somebody else changed the draft while you had this page open. Look at it again.",
        DraftRefusal.Faulty => "Nothing is published: something is missing. The draft says what.",
        DraftRefusal.NumbersUnchecked => "Nothing is published: check the numbers to call when a child may be at risk first.",
    };
}

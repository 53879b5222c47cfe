using TrainingHub.Learning;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>What in a text is pointed out before it is saved, and what is not.</summary>
public sealed class NameWarningTests
{
    [Theory]
    [InlineData("Agencies did not tell Maria Example about it.", "Maria Example")]
    [InlineData("The mother, Anne-Marie O’Neil, was not heard.", "Anne-Marie O’Neil")]
    [InlineData("She was aged 7 then.", "aged 7")]
    [InlineData("A 14-year-old boy.", "14-year-old")]
    [InlineData("He was born on a Sunday.", "born on")]
    public void Text_ThatMayNameSomebody_IsPointedOut(string text, string found) => Assert.Equal([found], NameWarning.Find(text));

    [Theory]
    [InlineData("Child safeguarding practice review ‘Charlie’")]
    [InlineData("Child safeguarding practice review “Daniel & Sarah”")]
    [InlineData("The Neglect course follows Working Together 2023.")]
    [InlineData("Dorset Council and the Pan-Dorset Safeguarding Children Partnership agreed in March 2026.")]
    [InlineData("Practitioners should ask. Supervision must follow.")]
    [InlineData(null)]
    public void Text_OfPublishedNamesAndOffices_Passes(string? text) => Assert.Empty(NameWarning.Find(text));
}

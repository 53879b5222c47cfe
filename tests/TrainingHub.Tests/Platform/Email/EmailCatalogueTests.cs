using TrainingHub.Emails;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailCatalogueTests
{
    private static readonly Type[] Types = typeof(EmailCatalogue).Assembly.GetTypes();

    [Fact]
    public void Catalogue_EveryMessage_IsListedOnce()
    {
        var messages = Types.Where(type => type.IsClass && type.IsAssignableTo(typeof(IEmailMessage)));

        var listed = EmailCatalogue.All.Select(kind => kind.Message);

        Assert.Equal(messages.Select(type => type.Name).Order(), listed.Select(type => type.Name).Order());
    }

    [Fact]
    public void Catalogue_EveryMessageComponent_IsListedOnce()
    {
        var components = Types.Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(EmailOf<>));

        var listed = EmailCatalogue.All.Select(kind => kind.Component);

        Assert.Equal(components.Select(type => type.Name).Order(), listed.Select(type => type.Name).Order());
    }

    [Fact]
    public void Catalogue_EveryKind_HasASample()
    {
        var sampled = EmailSamples.All.Select(message => EmailCatalogue.Of(message).Name).Distinct();

        Assert.Equal(EmailCatalogue.All.Select(kind => kind.Name).Order(), sampled.Order());
    }

    [Fact]
    public void Lists_OfKinds_NameKindsThatThereAre() =>
        Assert.All([.. EmailCatalogue.ByAnybody, .. EmailCatalogue.First, .. EmailCatalogue.ForReaderAlone], name => Assert.NotNull(EmailCatalogue.Named(name)));

    // Whoever has such a link reads a person's answers, or becomes that member of staff.
    [Fact]
    public void ForReaderAlone_HasEachKindThatLeadsToAnswersOrToAPassword()
    {
        var leading = EmailSamples.All.Where(message => message.GetType().GetProperty("SurveyUrl") is not null || $"{message}".Contains("/choose-password/", StringComparison.Ordinal))
            .Select(message => EmailCatalogue.Of(message).Name).Distinct().ToList();

        Assert.NotEmpty(leading);
        Assert.Subset(EmailCatalogue.ForReaderAlone.ToHashSet(), leading.ToHashSet());
    }

    [Fact]
    public void Named_UnknownKind_Throws() => Assert.Throws<ArgumentException>(() => EmailCatalogue.Named("BookingConfirmed"));
}

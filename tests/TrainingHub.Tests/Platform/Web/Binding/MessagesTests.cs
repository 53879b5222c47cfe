using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Platform.Web.Binding;

/// <summary>Every message of every form of the program.</summary>
public sealed class MessagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public void Messages_OfEveryForm_AreSentencesAboutWhatWasTyped()
    {
        var provider = app.Services.GetRequiredService<IModelMetadataProvider>();
        var messages = (
            from type in typeof(PrivateAccess).Assembly.GetTypes()
            where type is { IsClass: true, ContainsGenericParameters: false } && type.GetProperties().Any(property => property.IsDefined(typeof(DisplayAttribute), inherit: true))
            from property in provider.GetMetadataForProperties(type)
            from check in property.ValidatorMetadata.OfType<ValidationAttribute>()
            where check.ErrorMessage is not null
            select $"{type.Name}.{property.PropertyName}: {check.ErrorMessage}").ToList();

        Assert.Contains("InvoiceForm.PurchaseOrder: Purchase order number must be {1} characters or fewer", messages);
        Verdict.NoFaults(messages.Where(message => message.Contains("(optional)", StringComparison.Ordinal) || message.Contains("? must", StringComparison.Ordinal)));
    }
}

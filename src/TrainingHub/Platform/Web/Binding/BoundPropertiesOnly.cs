using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Of the properties of a page those that a request fills in. The framework describes all of them at the start, and throws away those that are not
/// bound: of hundreds of pages that took half of the start.
/// </summary>
internal sealed class BoundPropertiesOnly(IPageApplicationModelPartsProvider framework) : IPageApplicationModelPartsProvider
{
    public static void Add(IServiceCollection services)
    {
        var described = services.Last(service => service.ServiceType == typeof(IPageApplicationModelPartsProvider)).ImplementationType
            ?? throw new InvalidOperationException("The framework describes pages by a type of its own.");
        services.Replace(ServiceDescriptor.Singleton<IPageApplicationModelPartsProvider>(
            provider => new BoundPropertiesOnly((IPageApplicationModelPartsProvider)ActivatorUtilities.CreateInstance(provider, described))));
    }

    public PageHandlerModel? CreateHandlerModel(MethodInfo method) => framework.CreateHandlerModel(method);

    public PageParameterModel CreateParameterModel(ParameterInfo parameter) => framework.CreateParameterModel(parameter);

    public PagePropertyModel CreatePropertyModel(PropertyInfo property) => IsBound(property) ? framework.CreatePropertyModel(property) : null!;

    public bool IsHandler(MethodInfo methodInfo) => framework.IsHandler(methodInfo);

    private static bool IsBound(PropertyInfo property) =>
        property.GetCustomAttributes(inherit: true).Any(attribute => attribute is IModelNameProvider or IBindingSourceMetadata or IBinderTypeProviderMetadata or IRequestPredicateProvider)
        || property.ReflectedType?.IsDefined(typeof(BindPropertiesAttribute), inherit: true) == true;
}

/** Four orders of the shape of Northwind's books, made by hand: late, never shipped, discounted, half a cent. By file. */
export const northwindRows = {
  'customers.csv': `customer_id,company_name,contact_name,contact_title,address,city,region,postal_code,country,phone,fax
ALFAX,"Alfa & Söhne, KG",Jörg Weiß,Owner,Obere Str. 57,Münster,,44087,Germany,0251-031259,
BETAX,Bólido Comidas preparadas,Martín Sommer,Owner,"C/ Araquil, 67",Madrid,,28023,Spain,(91) 555 22 82,
GAMAX,Gåma Livs,Åsa Öberg,Owner,Åkergatan 24,Bräcke,,S-844 67,Sweden,0695-34 67 21,
`,
  'employees.csv': `employee_id,last_name,first_name,title,title_of_courtesy,birth_date,hire_date,address,city,region,postal_code,country,home_phone,extension,reports_to
1,Davolio,Nancy,Sales Representative,Ms.,1948-12-08,1992-05-01,507 - 20th Ave. E.\\nApt. 2A,Seattle,WA,98122,USA,(206) 555-9857,5467,2
2,Fuller,Andrew,"Vice President, Sales",Dr.,1952-02-19,1992-08-14,908 W. Capital Way,Tacoma,WA,98401,USA,(206) 555-9482,3457,
`,
  'suppliers.csv': `supplier_id,company_name,contact_name,contact_title,address,city,region,postal_code,country,phone,fax,homepage
1,Exotic Liquids,Charlotte Cooper,Purchasing Manager,49 Gilbert St.,London,,EC1 4SD,UK,(171) 555-2222,,
`,
  'shippers.csv': `shipper_id,company_name,phone
1,Speedy Express,(503) 555-9831
`,
  'products.csv': `product_id,product_name,supplier_id,category_id,quantity_per_unit,unit_price,units_in_stock,units_on_order,reorder_level,discontinued
1,Chai,1,1,10 boxes x 30 bags,21.35,39,0,10,1
2,Gumbär Gummibärchen,1,3,100 - 250 g bags,31.23,0,0,0,0
`,
  'orders.csv': `order_id,customer_id,employee_id,order_date,required_date,shipped_date,ship_via,freight,ship_name,ship_address,ship_city,ship_region,ship_postal_code,ship_country
20001,ALFAX,1,1996-07-04,1996-08-01,1996-08-02,1,29.46,"Alfa & Söhne, KG",Obere Str. 57,Münster,,44087,Germany
20002,ALFAX,2,1998-05-06,1998-06-03,,1,0.12,"Alfa & Söhne, KG",Obere Str. 57,Münster,,44087,Germany
20003,BETAX,1,1997-01-02,1997-01-30,1997-01-20,1,11.61,Bólido Comidas preparadas,"C/ Araquil, 67",Madrid,,28023,Spain
20004,GAMAX,2,1997-03-01,1997-03-15,1997-03-15,1,0,Gåma Livs,Åkergatan 24,Bräcke,,S-844 67,Sweden
`,
  'order_details.csv': `order_id,product_id,unit_price,quantity,discount
20001,1,21.35,1000,0
20001,2,31.23,3,0.150000006
20002,1,9.8,1,0.05
20003,1,12.5,500,0.2
20004,2,0.03,2,0.25
`,
};
